// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.ingest.record.IngestMeters;
import io.pkgslo.ingest.record.IngestWorkers;
import io.pkgslo.ingest.record.SelectorStore;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;

/**
 * Service 1, wired in the order of the flow:
 *
 * <pre>
 * record     polls, and commits facts, dead letters and offsets in one transaction
 *   decode     OTLP bytes to views
 *   attribute  views to facts about Go packages
 *   publish    facts to blocks per target partition
 * </pre>
 *
 * <p>Keeps no state that a result depends on: any number of instances share the source partitions
 * as one consumer group.
 */
public final class IngestPipeline implements AutoCloseable {
  private final IngestWorkers workers;
  private final SelectorStore selectors;

  /** Wires the stages, without traces of their work. */
  public IngestPipeline(
      IngestSettings settings, KafkaSettings kafka, CollectorRegistry registry, Clock clock) {
    this(settings, kafka, registry, clock, TracerProvider.noop().get("io.pkgslo"));
  }

  /**
   * Wires the stages; {@link #start} sets them to work.
   *
   * @param tracer takes a span per transaction
   */
  public IngestPipeline(
      IngestSettings settings,
      KafkaSettings kafka,
      CollectorRegistry registry,
      Clock clock,
      Tracer tracer) {
    selectors = new SelectorStore(kafka);
    registry.register(selectors.accounts());
    workers =
        new IngestWorkers(
            settings.record(),
            kafka,
            new IngestMeters(registry, clock, OtlpRecordHandler.rejections()).tracedBy(tracer),
            clock,
            facts ->
                new OtlpRecordHandler(
                    settings.attribute(), settings.decode(), facts, clock, selectors::selectors),
            selectors::await);
  }

  /** Starts reading on its own threads and returns; topics that are missing are created there. */
  public void start() {
    workers.start();
  }

  /** How the worst of the workers is, and why. */
  public IngestHealth health() {
    return workers.health();
  }

  /** Finishes the transactions in progress and stops, within ten seconds. */
  @Override
  public void close() {
    workers.close();
    selectors.close();
  }
}
