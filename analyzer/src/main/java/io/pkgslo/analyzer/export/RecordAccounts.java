// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.prometheus.client.Collector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that this process read: received = processed + dead-lettered + retried
 * + in flight, at any time, per topic. A record is in flight until the transaction of its task is
 * committed; when the task is given up before, it is retried: it will be received again, here or at
 * another instance. Counts begin at 0 with the process.
 *
 * <p>Thread-safe by one lock: a record is a block of many items, so records are few.
 */
public final class RecordAccounts extends Collector implements Collector.Describable {
  private static final String STAGE = "analyzer";

  private final Map<String, Totals> byTopic = new TreeMap<>();

  private static final class Totals {
    private long received;
    private long processed;
    private long retried;
    private long inFlight;
    private final Map<String, Long> deadLettered = new TreeMap<>();
  }

  /**
   * @param topics that are read, so that their counters exist from 0 on
   */
  public RecordAccounts(List<String> topics) {
    topics.forEach(topic -> byTopic.put(topic, new Totals()));
  }

  /** The account of one task, for as long as it works here; for one thread at a time. */
  public final class Account {
    private final Map<String, Long> pending = new HashMap<>();
    private final Map<String, Map<String, Long>> pendingLetters = new HashMap<>();

    private Account() {}

    /** A record was read. */
    public void received(String topic) {
      synchronized (RecordAccounts.this) {
        Totals totals = of(topic);
        totals.received++;
        totals.inFlight++;
        pending.merge(topic, 1L, Long::sum);
      }
    }

    /** The record that was read last goes to the dead letters. */
    public void deadLettered(String topic, String reason) {
      pending.merge(topic, -1L, Long::sum);
      pendingLetters.computeIfAbsent(topic, t -> new HashMap<>()).merge(reason, 1L, Long::sum);
    }

    /** All that was read so far is committed. */
    public void committed() {
      synchronized (RecordAccounts.this) {
        pending.forEach(
            (topic, records) -> {
              of(topic).processed += records;
              of(topic).inFlight -= records;
            });
        pendingLetters.forEach(
            (topic, reasons) ->
                reasons.forEach(
                    (reason, records) -> {
                      of(topic).deadLettered.merge(reason, records, Long::sum);
                      of(topic).inFlight -= records;
                    }));
      }
      clear();
    }

    /** The task ends here; what is not committed will be read again. */
    public void closed() {
      synchronized (RecordAccounts.this) {
        pendingLetters.forEach(
            (topic, reasons) ->
                reasons.values().forEach(records -> pending.merge(topic, records, Long::sum)));
        pending.forEach(
            (topic, records) -> {
              of(topic).retried += records;
              of(topic).inFlight -= records;
            });
      }
      clear();
    }

    private void clear() {
      pending.clear();
      pendingLetters.clear();
    }
  }

  /** The account of a task that begins to work here. */
  public Account open() {
    return new Account();
  }

  private Totals of(String topic) {
    return byTopic.computeIfAbsent(topic, t -> new Totals());
  }

  /** Nothing: all names are those of ingest too, and a registry refuses a second collector. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  @Override
  public synchronized List<MetricFamilySamples> collect() {
    CollectedSamples received = new CollectedSamples();
    CollectedSamples processed = new CollectedSamples();
    CollectedSamples retried = new CollectedSamples();
    CollectedSamples letters = new CollectedSamples();
    CollectedSamples inFlight = new CollectedSamples();
    long open = 0;
    for (Map.Entry<String, Totals> entry : byTopic.entrySet()) {
      List<String> topic = List.of(entry.getKey());
      Totals totals = entry.getValue();
      received.add("pkgslo_records_received_total", Names.TOPIC, topic, (double) totals.received);
      processed.add(
          "pkgslo_records_processed_total", Names.TOPIC, topic, (double) totals.processed);
      retried.add("pkgslo_records_retried_total", Names.TOPIC, topic, (double) totals.retried);
      totals.deadLettered.forEach(
          (reason, records) ->
              letters.add(
                  "pkgslo_records_dead_lettered_total",
                  Names.TOPIC_REASON,
                  List.of(entry.getKey(), reason),
                  (double) records));
      open += totals.inFlight;
    }
    inFlight.add("pkgslo_records_in_flight", Names.STAGE, List.of(STAGE), (double) open);
    return List.of(
        counter("pkgslo_records_received", "Records read from a topic.", received),
        counter("pkgslo_records_processed", "Records whose results are committed.", processed),
        counter("pkgslo_records_retried", "Records that will be read again.", retried),
        counter("pkgslo_records_dead_lettered", "Records put aside.", letters),
        new MetricFamilySamples(
            "pkgslo_records_in_flight",
            Type.GAUGE,
            "Records of transactions that are open.",
            inFlight.samples()));
  }

  private static MetricFamilySamples counter(String name, String help, CollectedSamples sink) {
    return new MetricFamilySamples(name, Type.COUNTER, help, sink.samples());
  }
}
