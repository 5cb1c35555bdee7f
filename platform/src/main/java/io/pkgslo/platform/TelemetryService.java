// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.opentelemetry.api.trace.Tracer;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Own telemetry of an application, from its start to its stop. */
@ApplicationScoped
class TelemetryService {
  private static final Logger LOG = Logger.getLogger(TelemetryService.class);

  private final TelemetrySettings settings;
  private final OwnTelemetry telemetry;

  @Inject
  TelemetryService(
      TelemetryConfig config,
      @ConfigProperty(name = "quarkus.application.name", defaultValue = "pkgslo") String name,
      CollectorRegistry registry,
      MetricsStreams streams,
      Clock clock) {
    settings = TelemetrySettings.of(config);
    telemetry =
        new OwnTelemetry(
            settings,
            name.startsWith("pkgslo") ? name : "pkgslo-" + name,
            () -> series(registry, streams),
            clock);
  }

  /** What the registry has, and what is streamed to a scrape. */
  private static List<MetricFamilySamples> series(
      CollectorRegistry registry, MetricsStreams streams) {
    List<MetricFamilySamples> series =
        new ArrayList<>(Collections.list(MergedFamilies.of(registry.metricFamilySamples())));
    for (StreamedMetrics stream : streams.all()) {
      if (stream instanceof Collector collector) {
        series.addAll(collector.collect());
      }
    }
    return series;
  }

  void start(@Observes StartupEvent event) {
    if (settings.traces() || settings.metrics()) {
      LOG.infof("own telemetry goes to %s", settings);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    telemetry.close();
  }

  @Produces
  @Singleton
  Tracer tracer() {
    return telemetry.tracer();
  }
}
