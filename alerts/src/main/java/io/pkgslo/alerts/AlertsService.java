// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.export.JudgeMetrics;
import io.pkgslo.alerts.export.NewestVersions;
import io.pkgslo.alerts.export.ObjectiveFileMetrics;
import io.pkgslo.alerts.export.VerdictMetrics;
import io.pkgslo.alerts.gate.ViewConsumer;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.ledger.LedgerReader;
import io.pkgslo.alerts.objective.DurationLists;
import io.pkgslo.alerts.objective.LastGoodSet;
import io.pkgslo.alerts.objective.MetricBuckets;
import io.pkgslo.alerts.objective.ObjectivePublisher;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.live.FirstObjectives;
import io.pkgslo.alerts.objective.live.LiveObjectives;
import io.pkgslo.alerts.objective.live.ObjectiveStatus;
import io.pkgslo.alerts.publish.RulePublisher;
import io.pkgslo.alerts.rollout.CanaryAttribute;
import io.pkgslo.alerts.rollout.OrderPublisher;
import io.pkgslo.alerts.rollout.RolloutPolicy;
import io.pkgslo.platform.Closing;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ties the pipeline to the life of the application. */
@ApplicationScoped
class AlertsService {
  private final @Nullable Path directory;
  private final LastGoodSet lastGood;

  /** Whether the files say what is in force, so that Kafka need not be asked. */
  private final boolean known;

  private final AlertsPipeline pipeline;
  private final LiveObjectives objectives;
  private final AlertOutput output;
  private final ActLifecycle act;

  @Inject
  AlertsService(
      AlertsConfig config,
      KafkaSettings kafka,
      @ConfigProperty(name = "pkgslo.partitions", defaultValue = "4") int partitions,
      CollectorRegistry registry,
      ActLifecycle act,
      Clock clock) {
    this.act = act;
    this.directory = config.objectives().orElse(null);
    this.lastGood = new LastGoodSet(kafka);
    FirstObjectives first = FirstObjectives.ofFiles(directory);
    MetricBuckets buckets = buckets(config.buckets());
    this.known = first.problem() == null;
    this.pipeline =
        new AlertsPipeline(
            new AlertsSettings(
                kafka,
                partitions,
                config.applicationId(),
                config.commitInterval(),
                first.slos(),
                rollouts(config.judge()),
                config.cdEventsTopic().orElse(null),
                buckets),
            clock);
    this.output = new AlertOutput(config, pipeline.view().view(), clock);
    if (known) {
      output.update(first.slos());
    }
    registry.register(new VerdictMetrics(pipeline.view()::rollouts, clock));
    registry.register(pipeline.accounts());
    pipeline.readers().forEach(registry::register);
    registry.register(new JudgeMetrics(pipeline.counters(), config.judge().alpha()));
    ObjectivePublisher publisher = new ObjectivePublisher(kafka, buckets, clock);
    this.objectives =
        new LiveObjectives(
            directory,
            first,
            set -> {
              publisher.publish(set);
              output.update(set);
              pipeline.update(set);
            },
            config.objectivesInterval(),
            clock);
    registry.register(new ObjectiveFileMetrics(objectives::status));
    registry.register(new NewestVersions(pipeline.view()::rollouts));
  }

  private static MetricBuckets buckets(AlertsConfig.Buckets buckets) {
    return new MetricBuckets(
        bounds("pkgslo.alerts.buckets.calls", buckets.calls()),
        bounds("pkgslo.alerts.buckets.inits", buckets.inits()));
  }

  private static List<Duration> bounds(String name, Optional<List<String>> words) {
    return words.map(some -> DurationLists.buckets(name, some)).orElse(List.of());
  }

  private static RolloutPolicy rollouts(AlertsConfig.Judge judge) {
    Policy policy =
        Policy.DEFAULT.toBuilder()
            .alpha(judge.alpha())
            .beta(judge.beta())
            .delta(judge.delta())
            .deltaMax(judge.deltaMax())
            .minCalls(judge.minCalls())
            .promoteByPolicy(judge.promoteByPolicy())
            .build();
    List<CanaryAttribute> canaries =
        judge.canaryAttributes().orElse(List.of()).stream().map(CanaryAttribute::parse).toList();
    return new RolloutPolicy(policy, judge.coolDown(), canaries, judge.aaCheck());
  }

  void start(@Observes StartupEvent event) {
    output.start();
    pipeline.start(
        this::firstObjectives,
        () -> {
          act.start();
          objectives.start();
        });
  }

  /** Asks for the last good set where the files have an error; they may be mended by then. */
  private List<Slo> firstObjectives() {
    if (!known) {
      FirstObjectives first = FirstObjectives.of(directory, lastGood::read);
      objectives.begin(first);
      output.update(first.slos());
    }
    return objectives.slos();
  }

  void stop(@Observes ShutdownEvent event) {
    Closing.together(objectives::close, output::close, act::stop, pipeline::close);
  }

  @Produces
  @Singleton
  ViewConsumer view() {
    return pipeline.view();
  }

  @Produces
  @Singleton
  LiveObjectives objectives() {
    return objectives;
  }

  /** A broken file stops nothing, so the answer stays up and tells of it. */
  @Produces
  @Singleton
  @Readiness
  HealthCheck objectiveFiles() {
    return () -> {
      ObjectiveStatus status = objectives.status();
      var answer =
          HealthCheckResponse.named("objectives")
              .up()
              .withData("inForce", status.active())
              .withData("since", status.since().toString())
              .withData("current", status.isCurrent());
      String problem = status.problem();
      return problem == null ? answer.build() : answer.withData("problem", problem).build();
    };
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

  @Produces
  @Singleton
  RulePublisher rules() {
    return output.rules();
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
      String cause = failure == null ? pipeline.waitsFor() : failure;
      var answer = HealthCheckResponse.named("alerts").status(cause == null);
      // Verdicts do not depend on them, so they are told and do not make it unready.
      output.failures().forEach(answer::withData);
      return cause == null ? answer.build() : answer.withData("cause", cause).build();
    };
  }
}
