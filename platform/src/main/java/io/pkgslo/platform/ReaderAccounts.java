// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of a reader that keeps what it reads in memory, acts outside of Kafka,
 * or looks for little in what others work off: received = processed + dropped + retried + in
 * flight, at any time, per topic. Whoever reads in transactions has {@link
 * io.pkgslo.platform.streams.RecordAccounts}; the names differ, because one process reads a topic
 * both ways. Counts begin at 0 with the process.
 *
 * <p>Thread-safe by one lock. Where several tasks share one, a commit of one settles what the
 * others have read, too: their transaction is the same.
 */
public final class ReaderAccounts extends Collector implements Collector.Describable {
  private static final List<String> LABELS = List.of("reader", "topic");

  private final String reader;
  private final Map<String, Totals> byTopic = new TreeMap<>();

  private static final class Totals {
    private long received;
    private long processed;
    private long retried;

    /** Received, and neither settled nor dropped. */
    private long open;

    private final Map<String, Long> dropped = new TreeMap<>();
  }

  /**
   * @param reader who reads, as its series are labelled
   * @param topics that are read, so that their counters exist from 0 on
   */
  public ReaderAccounts(String reader, List<String> topics) {
    this.reader = reader;
    topics.forEach(topic -> byTopic.put(topic, new Totals()));
  }

  /** A record was read. */
  public synchronized void received(String topic) {
    Totals totals = of(topic);
    totals.received++;
    totals.open++;
  }

  /** The record that was read last has no effect, for {@code reason}. */
  public synchronized void dropped(String topic, String reason) {
    Totals totals = of(topic);
    totals.open--;
    totals.dropped.merge(reason, 1L, Long::sum);
  }

  /** All that was received so far has had its effect. */
  public synchronized void settled() {
    for (Totals totals : byTopic.values()) {
      totals.processed += totals.open;
      totals.open = 0;
    }
  }

  /** What is not settled will be read again. */
  public synchronized void retried() {
    for (Totals totals : byTopic.values()) {
      totals.retried += totals.open;
      totals.open = 0;
    }
  }

  private Totals of(String topic) {
    return byTopic.computeIfAbsent(topic, t -> new Totals());
  }

  /** Nothing: the names are those of other readers too, and a registry refuses a second one. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  @Override
  public synchronized List<MetricFamilySamples> collect() {
    CounterMetricFamily received = counter("received", "Records read outside of transactions.");
    CounterMetricFamily processed = counter("processed", "Of these, the ones that had an effect.");
    CounterMetricFamily retried = counter("retried", "Of these, the ones that are read again.");
    CounterMetricFamily dropped =
        new CounterMetricFamily(
            "pkgslo_reader_records_dropped",
            "Of these, the ones that have no effect.",
            List.of("reader", "topic", "reason"));
    long open = 0;
    for (Map.Entry<String, Totals> entry : byTopic.entrySet()) {
      List<String> labels = List.of(reader, entry.getKey());
      Totals totals = entry.getValue();
      received.addMetric(labels, (double) totals.received);
      processed.addMetric(labels, (double) totals.processed);
      retried.addMetric(labels, (double) totals.retried);
      totals.dropped.forEach(
          (reason, records) ->
              dropped.addMetric(List.of(reader, entry.getKey(), reason), (double) records));
      open += totals.open;
    }
    GaugeMetricFamily inFlight =
        new GaugeMetricFamily(
            "pkgslo_reader_records_in_flight",
            "Records read whose effect is still to come.",
            List.of("reader"));
    inFlight.addMetric(List.of(reader), (double) open);
    return List.of(received, processed, retried, dropped, inFlight);
  }

  private static CounterMetricFamily counter(String what, String help) {
    return new CounterMetricFamily("pkgslo_reader_records_" + what, help, LABELS);
  }
}
