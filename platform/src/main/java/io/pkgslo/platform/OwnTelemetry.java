// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Own traces and pushed metrics, through the OpenTelemetry SDK. What is switched off costs nothing:
 * its tracer records nothing, and no thread is started. A receiver that is away loses telemetry of
 * ours and nothing else. Thread-safe.
 */
public final class OwnTelemetry implements AutoCloseable {
  private static final String SCOPE = "io.pkgslo";
  private static final long CLOSE_SECONDS = 3;

  private final @Nullable SdkTracerProvider traces;
  private final @Nullable SdkMeterProvider metrics;

  /**
   * Begins to send what the settings ask for.
   *
   * @param service value of {@code service.name}
   * @param registry whose series are pushed
   */
  public OwnTelemetry(
      TelemetrySettings settings, String service, CollectorRegistry registry, Clock clock) {
    Resource resource = Resource.builder().put("service.name", service).build();
    traces = settings.traces() ? tracing(settings, resource) : null;
    metrics = settings.metrics() ? pushing(settings, resource, registry, clock) : null;
  }

  private static SdkTracerProvider tracing(TelemetrySettings settings, Resource resource) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint() + "/v1/traces")
            .setHeaders(settings::headers)
            .build();
    return SdkTracerProvider.builder()
        .setResource(resource)
        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
        .build();
  }

  private static SdkMeterProvider pushing(
      TelemetrySettings settings, Resource resource, CollectorRegistry registry, Clock clock) {
    var exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(settings.endpoint() + "/v1/metrics")
            .setHeaders(settings::headers)
            .build();
    return SdkMeterProvider.builder()
        .setResource(resource)
        .registerMetricProducer(new RegistryMetrics(registry, clock))
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(settings.interval()).build())
        .build();
  }

  /** For spans about own work; records nothing unless traces are on. */
  public Tracer tracer() {
    return traces == null ? TracerProvider.noop().get(SCOPE) : traces.get(SCOPE);
  }

  /** Sends what is left, within seconds. */
  @Override
  public void close() {
    if (traces != null) {
      traces.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    if (metrics != null) {
      metrics.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
