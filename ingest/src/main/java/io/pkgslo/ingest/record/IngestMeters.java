// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.pkgslo.ingest.attribute.Correction;
import io.pkgslo.ingest.attribute.DropReason;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What ingest says about itself.
 *
 * <p>Records: received = processed + dead-lettered + retried + in flight. A record that is read
 * again after an aborted transaction is received again, and its first reading is "retried". Items:
 * received = processed + dropped; they count when their transaction is committed.
 *
 * <p>Thread-safe; shared by all workers.
 */
public final class IngestMeters {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final String TRANSACTION = "ingest transaction";

  private final Counter recordsReceived;
  private final Counter recordsProcessed;
  private final Counter recordsDeadLettered;
  private final Counter recordsRetried;
  private final Counter recordsLost;
  private final Gauge recordsInFlight;
  private final Counter itemsReceived;
  private final Counter itemsProcessed;
  private final Counter itemsDropped;
  private final Counter itemsCorrected;
  private final Counter transactionsFailed;
  private final Histogram transactionSeconds;

  /** Progress of the slowest partition of each consumer; one that has none is not in it. */
  private final Map<Object, Long> throughMillis = new ConcurrentHashMap<>();

  private final Gauge heartbeat;
  private volatile Tracer tracer = TracerProvider.noop().get("io.pkgslo");

  /**
   * Registers all series with their known label values at 0.
   *
   * @param rejections all reasons for which the stages behind may refuse a record
   */
  public IngestMeters(CollectorRegistry registry, Clock clock, Collection<String> rejections) {
    recordsReceived =
        counter("pkgslo_records_received", "Records read from a source topic.", "topic")
            .register(registry);
    recordsProcessed =
        counter("pkgslo_records_processed", "Records whose facts are committed.", "topic")
            .register(registry);
    recordsDeadLettered =
        counter(
                "pkgslo_records_dead_lettered",
                "Records that could not be read and stand on <topic>.dlq.",
                "topic",
                "reason")
            .register(registry);
    recordsRetried =
        counter(
                "pkgslo_records_retried",
                "Records of aborted transactions; they were or will be read again.",
                "topic")
            .register(registry);
    recordsLost =
        counter(
                "pkgslo_records_lost",
                "Records that retention deleted before they were read.",
                "topic")
            .register(registry);
    recordsInFlight =
        Gauge.build("pkgslo_records_in_flight", "Records in open transactions of ingest.")
            .register(registry);
    itemsReceived =
        Counter.build("pkgslo_items_received", "Spans, log records and points read.")
            .register(registry);
    itemsProcessed =
        Counter.build("pkgslo_items_processed", "Items that became facts.").register(registry);
    itemsDropped =
        counter("pkgslo_items_dropped", "Items that do not count, by reason.", "reason")
            .register(registry);
    itemsCorrected =
        counter("pkgslo_items_corrected", "Items that count after a correction.", "reason")
            .register(registry);
    transactionsFailed =
        Counter.build("pkgslo_ingest_transaction_failures", "Transactions that were not committed.")
            .register(registry);
    transactionSeconds =
        Histogram.build("pkgslo_ingest_transaction_seconds", "From poll to commit.")
            .buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .register(registry);
    Gauge.build(
            "pkgslo_event_time_lag_seconds",
            "How far the slowest source partition is behind the wall clock, in append time.")
        .register(registry)
        .setChild(lagAtScrape(clock));
    heartbeat =
        Gauge.build("pkgslo_heartbeat_seconds", "Wall clock at the last turn of a worker.")
            .labelNames("stage")
            .register(registry);
    initialise(rejections);
  }

  private static Counter.Builder counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels);
  }

  private void initialise(Collection<String> rejections) {
    for (Signal signal : Signal.values()) {
      for (Counter counter :
          new Counter[] {recordsReceived, recordsProcessed, recordsRetried, recordsLost}) {
        counter.labels(signal.topic());
      }
      rejections.forEach(reason -> recordsDeadLettered.labels(signal.topic(), reason));
    }
    for (DropReason reason : DropReason.values()) {
      itemsDropped.labels(reason.label());
    }
    for (Correction correction : Correction.values()) {
      itemsCorrected.labels(correction.label());
    }
  }

  void received(String topic) {
    recordsReceived.labels(topic).inc();
    recordsInFlight.inc();
  }

  void processed(String topic, long records) {
    add(recordsProcessed.labels(topic), records);
    recordsInFlight.dec((double) records);
  }

  void deadLettered(String topic, String reason) {
    recordsDeadLettered.labels(topic, reason).inc();
    recordsInFlight.dec();
  }

  void retried(String topic, long records) {
    add(recordsRetried.labels(topic), records);
    recordsInFlight.dec((double) records);
  }

  void recordsLost(String topic, long records) {
    add(recordsLost.labels(topic), records);
  }

  void items(ItemCounts counts) {
    itemsReceived.inc((double) counts.receivedItems());
    itemsProcessed.inc((double) counts.processedItems());
    for (DropReason reason : DropReason.values()) {
      add(itemsDropped.labels(reason.label()), counts.droppedItems(reason));
    }
    for (Correction correction : Correction.values()) {
      add(itemsCorrected.labels(correction.label()), counts.correctedItems(correction));
    }
  }

  private static void add(Counter.Child counter, long count) {
    counter.inc((double) count);
  }

  /** Lets a span tell of each transaction from now on. */
  public IngestMeters tracedBy(Tracer spans) {
    tracer = spans;
    return this;
  }

  /** A transaction was committed. */
  void transactionTook(long startMillis, long endMillis, long records) {
    transactionSeconds.observe((endMillis - startMillis) / MILLIS_PER_SECOND);
    if (records > 0) {
      tracer
          .spanBuilder(TRANSACTION)
          .setStartTimestamp(startMillis, TimeUnit.MILLISECONDS)
          .setAttribute("pkgslo.records", records)
          .startSpan()
          .end(endMillis, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A transaction was not committed.
   *
   * @param cause without anything secret
   */
  void transactionFailed(String cause) {
    transactionsFailed.inc();
    tracer.spanBuilder(TRANSACTION).startSpan().setStatus(StatusCode.ERROR, cause).end();
  }

  /** Progress of a consumer's slowest partition, epoch milliseconds. */
  void progressed(Object consumer, long millis) {
    throughMillis.put(consumer, millis);
  }

  /** A consumer has no partitions any more. */
  void idle(Object consumer) {
    throughMillis.remove(consumer);
  }

  /** Asked for at the time of a scrape, so that it grows while nothing is committed. */
  private Gauge.Child lagAtScrape(Clock clock) {
    return new Gauge.Child() {
      @Override
      public double get() {
        long now = clock.millis();
        long slowest = throughMillis.values().stream().mapToLong(Long::longValue).min().orElse(now);
        return Math.max(0, now - slowest) / MILLIS_PER_SECOND;
      }
    };
  }

  void turn(long nowMillis) {
    heartbeat.labels("ingest").set(nowMillis / MILLIS_PER_SECOND);
  }
}
