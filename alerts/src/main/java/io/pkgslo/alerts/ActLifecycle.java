// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.act.ActMeters;
import io.pkgslo.alerts.act.ActService;
import io.pkgslo.alerts.act.ActSettings;
import io.pkgslo.alerts.gate.GateSettings;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ties the stage act to the life of the application; without configuration there is none. */
@ApplicationScoped
class ActLifecycle {
  private final @Nullable ActService service;

  @Inject
  ActLifecycle(
      AlertsConfig config,
      GateSettings gate,
      KafkaSettings kafka,
      FiringAlerts alerts,
      CollectorRegistry registry,
      Clock clock) {
    ActMeters meters = new ActMeters(registry);
    this.service =
        config.act().enabled()
            ? new ActService(
                settings(config.act(), gate.publicUrl()),
                kafka,
                config.applicationId() + "-act",
                alerts,
                meters,
                clock)
            : null;
  }

  private static ActSettings settings(AlertsConfig.Act act, String publicUrl) {
    return new ActSettings(
        addresses(act.webhooks()),
        addresses(act.cdevents()),
        act.secretFile().map(ActLifecycle::secret).orElse(""),
        act.dryRun(),
        act.coolDown(),
        act.changesPerHour(),
        act.attempts(),
        act.firstPause(),
        act.lastPause(),
        act.timeout(),
        publicUrl);
  }

  private static List<URI> addresses(Optional<List<String>> texts) {
    return texts.orElse(List.of()).stream().map(text -> URI.create(text.trim())).toList();
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).trim();
    } catch (IOException e) {
      throw new UncheckedIOException("pkgslo.alerts.act.secret-file cannot be read", e);
    }
  }

  /** Once the topics are there; before anything is judged. */
  void start() {
    if (service != null) {
      service.start();
    }
  }

  /** With the rest of the service. */
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck health() {
    return () -> {
      String failure = service == null ? null : service.failure();
      var answer = HealthCheckResponse.named("act").up();
      // Verdicts and gates do not depend on it, and it tries again: told, and not unready.
      return failure == null ? answer.build() : answer.withData("cause", failure).build();
    };
  }
}
