// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * From closed buckets to verdicts: pkgslo.slis, and crashes from pkgslo.observations, by service to
 * pkgslo.looks; judged with the orders of pkgslo.overrides; to pkgslo.verdicts and the ledger
 * pkgslo.decisions.
 */
public final class RolloutTopology {
  private static final String SLIS = "slis";
  private static final String ROUTER = "look-router";
  private static final String OBSERVATIONS = "observations";
  private static final String CRASH_ROUTER = "crash-router";
  private static final String LOOKS_SINK = "looks-out";
  private static final String LOOKS = "looks";
  private static final String ORDERS = "orders";
  private static final String JUDGE = "judge";
  private static final String CD_EVENTS = "cd-events";
  private static final String CD_EVENT_READER = "cd-event-reader";
  private static final String ORDERS_SINK = "orders-out";

  private final int partitions;
  private final RolloutRules rules;
  private final @Nullable String cdEventsTopic;
  private final JudgeCounters counters = new JudgeCounters();

  /**
   * @param partitions of our topics
   */
  public RolloutTopology(int partitions, RolloutRules rules) {
    this(partitions, rules, null);
  }

  /**
   * @param partitions of our topics
   * @param cdEventsTopic where deployment tools write CDEvents; null for nowhere
   */
  public RolloutTopology(int partitions, RolloutRules rules, @Nullable String cdEventsTopic) {
    this.partitions = partitions;
    this.rules = rules;
    this.cdEventsTopic = cdEventsTopic;
  }

  /** What was left out so far. */
  public JudgeCounters counters() {
    return counters;
  }

  public Topology build() {
    StreamPartitioner<Integer, byte[]> toKey = (topic, key, value, n) -> Optional.of(Set.of(key));
    Topology topology = new Topology();
    source(topology, SLIS, Topics.SLIS);
    source(topology, OBSERVATIONS, Topics.OBSERVATIONS);
    source(topology, LOOKS, Topics.LOOKS);
    source(topology, ORDERS, Topics.OVERRIDES);
    topology
        .addProcessor(ROUTER, () -> new LookRouterProcessor(partitions, counters), SLIS)
        .addProcessor(
            CRASH_ROUTER, () -> new CrashRouterProcessor(partitions, counters), OBSERVATIONS)
        .addSink(
            LOOKS_SINK,
            Topics.LOOKS,
            new IntegerSerializer(),
            new ByteArraySerializer(),
            toKey,
            ROUTER,
            CRASH_ROUTER)
        .addProcessor(JUDGE, () -> new JudgeProcessor(rules, partitions, counters), LOOKS, ORDERS);
    store(topology, JudgeProcessor.PENDING_STORE, Serdes.ByteArray());
    store(topology, JudgeProcessor.SERVICES_STORE, Serdes.ByteArray());
    store(topology, JudgeProcessor.LEDGER_STORE, Serdes.ByteArray());
    store(topology, JudgeProcessor.AA_STORE, Serdes.ByteArray());
    store(topology, JudgeProcessor.PROGRESS_STORE, Serdes.Long());
    sink(topology, VerdictWriter.VERDICTS_SINK, Topics.VERDICTS);
    sink(topology, VerdictWriter.DECISIONS_SINK, Topics.DECISIONS);
    if (cdEventsTopic != null) {
      addCdEvents(topology, cdEventsTopic);
    }
    return topology;
  }

  private void addCdEvents(Topology topology, String topic) {
    StreamPartitioner<String, byte[]> byService =
        (name, service, order, n) -> Optional.of(Set.of(Partitions.ofService(service, n)));
    source(topology, CD_EVENTS, topic);
    topology
        .addProcessor(CD_EVENT_READER, () -> new CdEventProcessor(counters), CD_EVENTS)
        .addSink(
            ORDERS_SINK,
            Topics.OVERRIDES,
            new StringSerializer(),
            new ByteArraySerializer(),
            byService,
            CD_EVENT_READER);
  }

  private static void source(Topology topology, String name, String topic) {
    topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
  }

  private static <V> void store(Topology topology, String name, Serde<V> values) {
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values),
        JUDGE);
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), JUDGE);
  }
}
