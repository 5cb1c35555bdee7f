// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static io.pkgslo.standalone.exact.OtlpValues.id;
import static io.pkgslo.standalone.exact.OtlpValues.number;
import static io.pkgslo.standalone.exact.OtlpValues.text;

import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;
import java.util.List;
import java.util.Map;

/** Telemetry of one service whose numbers {@link SelectedEventsIT} adds up by hand. */
final class SelectedEvents {
  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("github.com/acme/shop/pkg/cart").build();
  private static final long NANOS = 1_000_000;

  private final long startMillis;
  private int serial;

  /**
   * @param startMillis of everything
   */
  SelectedEvents(long startMillis) {
    this.startMillis = startMillis;
  }

  Map<String, List<Message>> first() {
    serial = 0;
    return Map.of(
        Topics.OTLP_LOGS,
        List.of(
            logs(
                log("charge", 9, "gold", 0, 100),
                log("charge", 9, "gold", 0, 250),
                log("charge", 17, "gold", 0, null),
                log("refund", 17, "gold", 1, 900),
                log("charge", 9, "free", 7, 251))),
        Topics.OTLP_METRICS,
        List.of(
            metrics("a", "eu", sum("orders.placed", 0, 10, 10), sum("orders.failed", 0, 10, 1)),
            metrics("b", "eu", sum("orders.placed", -7_200, 10, 1_000)),
            metrics("a", "eu", durations(10, 5, 3, 2, 1))),
        Topics.OTLP_SPANS,
        List.of(
            spans(
                span(1, 200, "gold", "/cart"),
                span(2, 201, "gold", "/cart/{id}"),
                span(3, 999, "free", "/cart"),
                span(4, 300, null, "/cart"))));
  }

  Map<String, List<Message>> second() {
    serial = 100;
    return Map.of(
        Topics.OTLP_LOGS,
        List.of(
            logs(
                log("charge", 9, "gold", 0, null),
                log("charge", 9, "gold", 5, null),
                log("charge", 9, "free", 0, 900))),
        Topics.OTLP_METRICS,
        List.of(
            metrics("a", "eu", sum("orders.placed", 0, 20, 25), sum("orders.failed", 0, 20, 3)),
            metrics("a", "eu", sum("orders.placed", 21, 30, 5), sum("orders.failed", 21, 30, 1)),
            metrics("b", "eu", sum("orders.placed", -7_200, 20, 1_012)),
            metrics("a", "eu", durations(20, 1, 0, 0, 4)),
            metrics("c", "us", durations(20, 2, 0, 0, 0))),
        Topics.OTLP_SPANS,
        List.of(
            spans(
                span(5, 100, "gold", "/cart"),
                span(6, 500, "gold", "/cart"),
                span(7, 500, "gold", "/pay"))));
  }

  private static Resource resource(String instance, String region) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "checkout"))
        .addAttributes(text("service.version", "1.0"))
        .addAttributes(text("service.instance.id", instance))
        .addAttributes(text("cloud.region", region))
        .build();
  }

  private long nanos(long seconds) {
    return (startMillis + 1_000 * seconds) * NANOS;
  }

  private LogRecord log(String event, int severity, String tenant, int code, Integer millis) {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(nanos(0) + serial)
            .setSeverityNumberValue(severity)
            .setBody(text("card"))
            .addAttributes(text("event.name", event))
            .addAttributes(text("tenant", tenant))
            .addAttributes(number("error.code", code));
    if (millis != null) {
      log.addAttributes(number("duration_ms", millis));
    }
    // Every other one is of a trace, and so counted elsewhere.
    if (serial++ % 2 == 0) {
      log.setTraceId(id(16, serial));
    }
    return log.build();
  }

  private static Message logs(LogRecord... records) {
    return LogsData.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource("a", "eu"))
                .addScopeLogs(
                    ScopeLogs.newBuilder().setScope(SCOPE).addAllLogRecords(List.of(records))))
        .build();
  }

  private Metric sum(String name, long startSeconds, long seconds, long value) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(
                    NumberDataPoint.newBuilder()
                        .setStartTimeUnixNano(nanos(startSeconds))
                        .setTimeUnixNano(nanos(seconds))
                        .setAsInt(value)))
        .build();
  }

  private Metric durations(long seconds, long... counts) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos(seconds - 10))
            .setTimeUnixNano(nanos(seconds))
            .addAllExplicitBounds(List.of(0.1, 0.5, 1.0));
    long sum = 0;
    for (long count : counts) {
      point.addBucketCounts(count);
      sum += count;
    }
    return Metric.newBuilder()
        .setName("http.server.request.duration")
        .setUnit("s")
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(point.setCount(sum)))
        .build();
  }

  private static Message metrics(String instance, String region, Metric... metrics) {
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource(instance, region))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder().setScope(SCOPE).addAllMetrics(List.of(metrics))))
        .build();
  }

  private Span span(long number, long millis, String tenant, String route) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16, 1_000 + number))
            .setSpanId(id(8, number))
            .setName("GET " + route)
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(nanos(1))
            .setEndTimeUnixNano(nanos(1) + millis * NANOS)
            .addAttributes(text("http.route", route));
    if (tenant != null) {
      span.addAttributes(text("tenant", tenant));
    }
    return span.build();
  }

  private static Message spans(Span... spans) {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource("a", "eu"))
                .addScopeSpans(ScopeSpans.newBuilder().setScope(SCOPE).addAllSpans(List.of(spans))))
        .build();
  }
}
