// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.opentelemetry.api.trace.Tracer;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
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
      Clock clock) {
    settings = TelemetrySettings.of(config);
    telemetry =
        new OwnTelemetry(
            settings, name.startsWith("pkgslo") ? name : "pkgslo-" + name, registry, clock);
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
