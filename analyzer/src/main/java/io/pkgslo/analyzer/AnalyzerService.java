// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.opentelemetry.api.trace.Tracer;
import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.MetricsStreams;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ties the pipeline to the life of the application. */
@ApplicationScoped
class AnalyzerService {
  private static final Logger LOG = Logger.getLogger(AnalyzerService.class);

  private final AnalyzerPipeline pipeline;

  @Inject
  AnalyzerService(
      AnalyzerConfig config,
      KafkaSettings kafka,
      @ConfigProperty(name = "pkgslo.partitions", defaultValue = "4") int partitions,
      CollectorRegistry registry,
      MetricsStreams streams,
      Clock clock,
      Tracer tracer) {
    CodeSettings code =
        CodeSettings.of(
            config.correlate(), ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
    code.differences()
        .forEach(difference -> LOG.warnf("%s: set them alike, or only ingest's", difference));
    this.pipeline = new AnalyzerPipeline(settings(config, code, kafka, partitions), clock, tracer);
    pipeline.meters().forEach(registry::register);
    streams.register(pipeline.streamed());
  }

  private static AnalyzerSettings settings(
      AnalyzerConfig config, CodeSettings code, KafkaSettings kafka, int partitions) {
    HeapShare heap =
        HeapShare.of(config.correlate().heapShare(), Runtime.getRuntime().maxMemory(), partitions);
    return new AnalyzerSettings(
        kafka,
        partitions,
        new AnalyzerSettings.StreamsSettings(
            config.applicationId(),
            config.stateDirectory(),
            config.threads(),
            config.standbys(),
            config.commitInterval()),
        heap.lower(traces(config)),
        heap.lower(processes(config, code)),
        config.retention(),
        config.lateMinutes(),
        config.maxSubjects(),
        config.maxSubjectsPerService(),
        config.maxLabelSets(),
        config.maxObjectives(),
        config.awaitObjectives());
  }

  private static TraceSettings traces(AnalyzerConfig config) {
    AnalyzerConfig.Correlate bounds = config.correlate();
    return new TraceSettings(
        config.settleDelay().toMillis(),
        bounds.duplicateHorizon().toMillis(),
        bounds.maxIdentities(),
        bounds.relativesHorizon().toMillis(),
        bounds.maxSpans(),
        bounds.maxWaiting());
  }

  private static ProcessSettings processes(AnalyzerConfig config, CodeSettings code) {
    AnalyzerConfig.Correlate bounds = config.correlate();
    return new ProcessSettings(
        config.settleDelay().toMillis(),
        bounds.duplicateHorizon().toMillis(),
        bounds.maxIdentities(),
        bounds.maxProcesses(),
        bounds.maxWaitingInProcesses(),
        code.mainPackages(),
        code.blame());
  }

  void start(@Observes StartupEvent event) {
    pipeline.start();
  }

  void stop(@Observes ShutdownEvent event) {
    pipeline.close();
  }

  /** Streams that have stopped for good do not come back by themselves. */
  @Produces
  @Singleton
  @Liveness
  HealthCheck alive() {
    return () -> answer(pipeline.failure());
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck health() {
    return () -> {
      String failure = pipeline.failure();
      return answer(failure != null ? failure : pipeline.waitsFor());
    };
  }

  /**
   * @param cause why it is not well; null when it is
   */
  private static HealthCheckResponse answer(@Nullable String cause) {
    var answer = HealthCheckResponse.named("analyzer").status(cause == null);
    return cause == null ? answer.build() : answer.withData("cause", cause).build();
  }
}
