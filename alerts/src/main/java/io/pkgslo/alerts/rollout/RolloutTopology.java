// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * From closed buckets to verdicts: pkgslo.slis, by service to pkgslo.looks, judged, to
 * pkgslo.verdicts.
 */
public final class RolloutTopology {
  private static final String SLIS = "slis";
  private static final String ROUTER = "look-router";
  private static final String LOOKS_SINK = "looks-out";
  private static final String LOOKS = "looks";
  private static final String JUDGE = "judge";

  private final int partitions;
  private final Policy policy;
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong late = new AtomicLong();

  /**
   * @param partitions of our topics
   */
  public RolloutTopology(int partitions, Policy policy) {
    this.partitions = partitions;
    this.policy = policy;
  }

  /** Blocks that could not be read. */
  public long unreadable() {
    return unreadable.get();
  }

  /** Buckets that came after their minute was judged. */
  public long late() {
    return late.get();
  }

  public Topology build() {
    StreamPartitioner<Integer, byte[]> toKey = (topic, key, value, n) -> Optional.of(Set.of(key));
    return new Topology()
        .addSource(SLIS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.SLIS)
        .addProcessor(ROUTER, () -> new LookRouterProcessor(partitions, unreadable), SLIS)
        .addSink(
            LOOKS_SINK,
            Topics.LOOKS,
            new IntegerSerializer(),
            new ByteArraySerializer(),
            toKey,
            ROUTER)
        .addSource(LOOKS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.LOOKS)
        .addProcessor(JUDGE, () -> new JudgeProcessor(policy, partitions, late), LOOKS)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(JudgeProcessor.PENDING_STORE),
                Serdes.String(),
                Serdes.ByteArray()),
            JUDGE)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(JudgeProcessor.SERVICES_STORE),
                Serdes.String(),
                Serdes.ByteArray()),
            JUDGE)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(JudgeProcessor.PROGRESS_STORE),
                Serdes.String(),
                Serdes.Long()),
            JUDGE)
        .addSink(
            VerdictWriter.VERDICTS_SINK,
            Topics.VERDICTS,
            new StringSerializer(),
            new ByteArraySerializer(),
            JUDGE);
  }
}
