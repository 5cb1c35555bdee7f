// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Telemetry by the official generated classes. */
public final class Otlp {
  private Otlp() {}

  /** Attributes from alternating keys and values: texts, numbers, booleans, lists, maps. */
  public static List<KeyValue> attributes(Object... keysAndValues) {
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      attributes.add(
          KeyValue.newBuilder()
              .setKey((String) keysAndValues[i])
              .setValue(value(keysAndValues[i + 1]))
              .build());
    }
    return attributes;
  }

  public static AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      any.setStringValue(text);
    } else if (value instanceof Integer || value instanceof Long) {
      any.setIntValue(((Number) value).longValue());
    } else if (value instanceof Double number) {
      any.setDoubleValue(number);
    } else if (value instanceof Boolean bool) {
      any.setBoolValue(bool);
    } else if (value instanceof ByteString bytes) {
      any.setBytesValue(bytes);
    } else if (value instanceof List<?> list) {
      list.forEach(element -> any.getArrayValueBuilder().addValues(value(element)));
    } else if (value instanceof Map<?, ?> map) {
      KeyValueList.Builder entries = any.getKvlistValueBuilder();
      new LinkedHashMap<>(map).forEach((k, v) -> entries.addAllValues(attributes(k.toString(), v)));
    } else {
      throw new IllegalArgumentException("no AnyValue for " + value);
    }
    return any.build();
  }

  public static Resource resource(Object... keysAndValues) {
    return Resource.newBuilder().addAllAttributes(attributes(keysAndValues)).build();
  }

  public static InstrumentationScope scope(String name) {
    return InstrumentationScope.newBuilder().setName(name).build();
  }

  public static ByteString traceId(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  public static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  /** A span of one millisecond. */
  public static Span.Builder span(long trace, long id, long endEpochNanos) {
    return Span.newBuilder()
        .setTraceId(traceId(0x5eed, trace))
        .setSpanId(spanId(id))
        .setName("work")
        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
        .setStartTimeUnixNano(endEpochNanos - 1_000_000)
        .setEndTimeUnixNano(endEpochNanos);
  }

  public static TracesData traces(Resource resource, String scope, Span.Builder... spans) {
    ScopeSpans.Builder scopeSpans = ScopeSpans.newBuilder().setScope(scope(scope));
    for (Span.Builder span : spans) {
      scopeSpans.addSpans(span);
    }
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scopeSpans))
        .build();
  }

  public static LogsData logs(Resource resource, String scope, LogRecord.Builder... records) {
    ScopeLogs.Builder scopeLogs = ScopeLogs.newBuilder();
    if (!scope.isEmpty()) {
      scopeLogs.setScope(scope(scope));
    }
    for (LogRecord.Builder record : records) {
      scopeLogs.addLogRecords(record);
    }
    return LogsData.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scopeLogs))
        .build();
  }

  public static MetricsData metrics(Resource resource, Metric.Builder... metrics) {
    ScopeMetrics.Builder scopeMetrics =
        ScopeMetrics.newBuilder()
            .setScope(scope("go.opentelemetry.io/contrib/instrumentation/runtime"));
    for (Metric.Builder metric : metrics) {
      scopeMetrics.addMetrics(metric);
    }
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scopeMetrics))
        .build();
  }
}
