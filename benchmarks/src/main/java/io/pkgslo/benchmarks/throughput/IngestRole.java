// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.ingest.IngestPipeline;
import io.pkgslo.ingest.IngestSettings;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Ingest with its default settings, one worker. */
final class IngestRole {
  /** Partitions of our topics: the default. */
  static final int PARTITIONS = 4;

  private static final long PATIENCE_MILLIS = 60_000;
  private static final long INTERVAL_MILLIS = 5;
  private static final String ITEMS = "pkgslo_items_processed_total";

  private final RoleArguments arguments;
  private final CollectorRegistry registry = new CollectorRegistry();

  IngestRole(RoleArguments arguments) {
    this.arguments = arguments;
  }

  Measurement run() throws InterruptedException {
    KafkaSettings kafka =
        KafkaSettings.of(
            Map.of(
                "bootstrap.servers",
                arguments.bootstrap(),
                "interceptor.classes",
                ProducedBytes.class.getName()));
    try (IngestPipeline ingest =
        new IngestPipeline(settings(), kafka, registry, Clock.systemUTC())) {
      ingest.start();
      System.out.println(RoleMain.READY);
      return new Sampler(this::spans, ProducedBytes::total, INTERVAL_MILLIS)
          .watch(arguments.warmSpans(), arguments.spans(), PATIENCE_MILLIS);
    }
  }

  private long spans() {
    Double items = registry.getSampleValue(ITEMS);
    return items == null ? 0 : items.longValue();
  }

  private IngestSettings settings() {
    String name = "ingest-" + arguments.run();
    return new IngestSettings(
        new RecordSettings(name, name, 1, PARTITIONS, Duration.ofMillis(250), 5),
        DecodeLimits.DEFAULT,
        AttributeSettings.DEFAULT);
  }
}
