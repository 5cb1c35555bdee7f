// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
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
  private static final List<String> TOPIC = List.of("topic");

  private final String stage;
  private final Map<String, Totals> byTopic = new TreeMap<>();

  private static final class Totals {
    private long received;
    private long processed;
    private long retried;
    private long inFlight;
    private final Map<String, Long> deadLettered = new TreeMap<>();
  }

  /**
   * @param stage who reads, for the series of what is in flight
   * @param topics that are read, so that their counters exist from 0 on
   */
  public RecordAccounts(String stage, List<String> topics) {
    this.stage = stage;
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

  /** Nothing: all names are those of others too, and a registry refuses a second collector. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  @Override
  public synchronized List<MetricFamilySamples> collect() {
    CounterMetricFamily received =
        new CounterMetricFamily("pkgslo_records_received", "Records read from a topic.", TOPIC);
    CounterMetricFamily processed =
        new CounterMetricFamily(
            "pkgslo_records_processed", "Records whose results are committed.", TOPIC);
    CounterMetricFamily retried =
        new CounterMetricFamily(
            "pkgslo_records_retried", "Records that will be read again.", TOPIC);
    CounterMetricFamily letters =
        new CounterMetricFamily(
            "pkgslo_records_dead_lettered", "Records put aside.", List.of("topic", "reason"));
    long open = 0;
    for (Map.Entry<String, Totals> entry : byTopic.entrySet()) {
      List<String> topic = List.of(entry.getKey());
      Totals totals = entry.getValue();
      received.addMetric(topic, (double) totals.received);
      processed.addMetric(topic, (double) totals.processed);
      retried.addMetric(topic, (double) totals.retried);
      totals.deadLettered.forEach(
          (reason, records) ->
              letters.addMetric(List.of(entry.getKey(), reason), (double) records));
      open += totals.inFlight;
    }
    GaugeMetricFamily inFlight =
        new GaugeMetricFamily(
            "pkgslo_records_in_flight", "Records of transactions that are open.", List.of("stage"));
    inFlight.addMetric(List.of(stage), (double) open);
    return List.of(received, processed, retried, letters, inFlight);
  }
}
