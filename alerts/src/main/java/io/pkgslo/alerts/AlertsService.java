// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.export.NewestVersions;
import io.pkgslo.alerts.export.VerdictMetrics;
import io.pkgslo.alerts.gate.ViewConsumer;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.ledger.LedgerReader;
import io.pkgslo.alerts.objective.ActiveObjectives;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rollout.OrderPublisher;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ties the pipeline to the life of the application. */
@ApplicationScoped
class AlertsService {
  private final AlertsPipeline pipeline;

  @Inject
  AlertsService(
      AlertsConfig config,
      KafkaSettings kafka,
      @ConfigProperty(name = "pkgslo.partitions", defaultValue = "4") int partitions,
      CollectorRegistry registry,
      Clock clock) {
    this.pipeline =
        new AlertsPipeline(
            new AlertsSettings(
                kafka,
                partitions,
                config.applicationId(),
                config.stateDirectory(),
                config.commitInterval(),
                objectives(config),
                policy(config.judge())),
            clock);
    registry.register(new VerdictMetrics(pipeline.view()::rollouts, clock));
    registry.register(new NewestVersions(pipeline.view()::rollouts));
  }

  private static List<Slo> objectives(AlertsConfig config) {
    return config.objectives().map(ActiveObjectives::withFilesOf).orElseGet(DefaultObjectives::all);
  }

  private static Policy policy(AlertsConfig.Judge judge) {
    return Policy.DEFAULT.toBuilder()
        .alpha(judge.alpha())
        .beta(judge.beta())
        .delta(judge.delta())
        .deltaMax(judge.deltaMax())
        .minCalls(judge.minCalls())
        .promoteByPolicy(judge.promoteByPolicy())
        .build();
  }

  void start(@Observes StartupEvent event) {
    pipeline.start();
  }

  void stop(@Observes ShutdownEvent event) {
    pipeline.close();
  }

  @Produces
  @Singleton
  ViewConsumer view() {
    return pipeline.view();
  }

  @Produces
  @Singleton
  LedgerReader ledger() {
    return pipeline.ledger();
  }

  @Produces
  @Singleton
  OrderPublisher orders() {
    return pipeline.orders();
  }

  /** Streams that have stopped for good do not come back by themselves. */
  @Produces
  @Singleton
  @Liveness
  HealthCheck alive() {
    return () -> {
      String failure = pipeline.failure();
      var answer = HealthCheckResponse.named("alerts").status(failure == null);
      return failure == null ? answer.build() : answer.withData("cause", failure).build();
    };
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck health() {
    return () -> {
      String failure = pipeline.failure();
      var answer =
          HealthCheckResponse.named("alerts").status(pipeline.isRunning() && failure == null);
      return failure == null ? answer.build() : answer.withData("cause", failure).build();
    };
  }
}
