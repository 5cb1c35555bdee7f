// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.opentelemetry.api.trace.Tracer;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Ingest in a Quarkus application: runs from start to stop, unless it is switched off. */
@ApplicationScoped
class IngestService {
  private final IngestConfig config;
  private final int partitions;
  private final Instance<KafkaSettings> kafka;
  private final CollectorRegistry registry;
  private final Clock clock;
  private final Tracer tracer;
  private volatile @Nullable IngestPipeline pipeline;

  @Inject
  IngestService(
      IngestConfig config,
      @ConfigProperty(name = "pkgslo.partitions", defaultValue = "4") int partitions,
      Instance<KafkaSettings> kafka,
      CollectorRegistry registry,
      Clock clock,
      Tracer tracer) {
    this.config = config;
    this.partitions = partitions;
    this.kafka = kafka;
    this.registry = registry;
    this.clock = clock;
    this.tracer = tracer;
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    IngestPipeline starting =
        new IngestPipeline(
            ConfiguredSettings.of(config, partitions, hostName()),
            kafka.get(),
            registry,
            clock,
            tracer);
    pipeline = starting;
    starting.start();
  }

  void stop(@Observes ShutdownEvent event) {
    IngestPipeline running = pipeline;
    if (running != null) {
      running.close();
    }
  }

  /** Null when ingest is switched off. */
  @Nullable IngestHealth health() {
    IngestPipeline running = pipeline;
    return running == null ? null : running.health();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "this host has no name: set pkgslo.ingest.record.transactional-id", e);
    }
  }
}
