// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.ReaderAccounts;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.RecordAccounts;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.kafka.streams.processor.api.Processor;
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
  static final String LOOKS_SINK = "looks-out";
  private static final String LOOKS = "looks";
  private static final String ORDERS = "orders";
  private static final String JUDGE = "judge";
  private static final String CD_EVENTS = "cd-events";
  private static final String CD_EVENT_READER = "cd-event-reader";
  private static final String ORDERS_SINK = "orders-out";
  private static final String DEAD_SLIS = "dead-slis";
  private static final String DEAD_LOOKS = "dead-looks";

  /** Of a reader that leaves out what it cannot read: the topic is the user's. */
  private static final String NO_DEAD_LETTERS = "";

  private final int partitions;
  private final RolloutRules rules;
  private final @Nullable String cdEventsTopic;
  private final JudgeCounters counters = new JudgeCounters();
  private final CommitListeners commits = new CommitListeners();
  private final RecordAccounts accounts;
  private final ReaderAccounts crashes =
      new ReaderAccounts("crashes", List.of(Topics.OBSERVATIONS));

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
    this.accounts = new RecordAccounts("alerts", accounted(cdEventsTopic));
  }

  /** Crashes are skimmed off a topic that the analyzer works off, and have an account as such. */
  private static List<String> accounted(@Nullable String cdEventsTopic) {
    List<String> topics = new ArrayList<>(List.of(Topics.SLIS, Topics.LOOKS, Topics.OVERRIDES));
    if (cdEventsTopic != null) {
      topics.add(cdEventsTopic);
    }
    return topics;
  }

  /** What was left out so far. */
  public JudgeCounters counters() {
    return counters;
  }

  /** What became of the records that were read. */
  public RecordAccounts accounts() {
    return accounts;
  }

  /** What became of the records that were looked through for crashes. */
  public ReaderAccounts crashes() {
    return crashes;
  }

  /** Who wants to know of commits. */
  public CommitListeners commits() {
    return commits;
  }

  public Topology build() {
    StreamPartitioner<Integer, byte[]> toKey = (topic, key, value, n) -> Optional.of(Set.of(key));
    Topology topology = new Topology();
    source(topology, SLIS, Topics.SLIS);
    source(topology, OBSERVATIONS, Topics.OBSERVATIONS);
    source(topology, LOOKS, Topics.LOOKS);
    source(topology, ORDERS, Topics.OVERRIDES);
    topology
        .addProcessor(
            ROUTER, () -> accounted(new LookRouterProcessor(partitions, counters), DEAD_SLIS), SLIS)
        .addProcessor(
            CRASH_ROUTER,
            () -> new CrashRouterProcessor(partitions, counters, crashes, commits),
            OBSERVATIONS)
        .addSink(
            LOOKS_SINK,
            Topics.LOOKS,
            new IntegerSerializer(),
            new ByteArraySerializer(),
            toKey,
            ROUTER,
            CRASH_ROUTER)
        .addProcessor(
            JUDGE,
            () -> accounted(new JudgeProcessor(rules, partitions, counters), DEAD_LOOKS),
            LOOKS,
            ORDERS);
    deadLetters(topology, DEAD_SLIS, ROUTER);
    deadLetters(topology, DEAD_LOOKS, JUDGE);
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
        .addProcessor(
            CD_EVENT_READER,
            () -> accounted(new CdEventProcessor(counters), NO_DEAD_LETTERS),
            CD_EVENTS)
        .addSink(
            ORDERS_SINK,
            Topics.OVERRIDES,
            new StringSerializer(),
            new ByteArraySerializer(),
            byService,
            CD_EVENT_READER);
  }

  private <K, V> AccountedProcessor<K, V> accounted(
      Processor<byte[], byte[], K, V> work, String deadLetterSink) {
    return new AccountedProcessor<>(work, deadLetterSink, accounts, commits);
  }

  /** To the topic of dead letters beside the one that a record stood on. */
  private static void deadLetters(Topology topology, String name, String parent) {
    topology.addSink(
        name,
        (key, value, context) -> Topics.deadLetterOf(context.topic()),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        parent);
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
