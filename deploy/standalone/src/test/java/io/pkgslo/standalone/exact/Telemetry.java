// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.standalone.recording.RecordedMessage;
import io.pkgslo.standalone.recording.RecordingReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All spans and log records of a recording, each once (reference: sli.md, Duplicates). */
final class Telemetry {
  /** A span and who emitted it. */
  record EmittedSpan(Emitter emitter, String scope, Span span) {
    SpanKey key() {
      return new SpanKey(span.getTraceId(), span.getSpanId());
    }

    @Nullable SpanKey parentKey() {
      return span.getParentSpanId().isEmpty()
          ? null
          : new SpanKey(span.getTraceId(), span.getParentSpanId());
    }
  }

  /** What makes two spans the same. */
  record SpanKey(ByteString traceId, ByteString spanId) {}

  /** A log record and who emitted it. */
  record EmittedLog(Emitter emitter, String scope, LogRecord log) {}

  /** What makes two log records the same; the ordinal tells equal ones of one batch apart. */
  private record LogKey(
      Map<String, String> resource, InstrumentationScope scope, LogRecord log, int ordinal) {}

  private final Map<SpanKey, EmittedSpan> spans = new LinkedHashMap<>();
  private final Map<SpanKey, List<EmittedSpan>> children = new HashMap<>();
  private final Map<LogKey, EmittedLog> logs = new LinkedHashMap<>();

  /** Reads one shape of a recording's spans and logs; metrics count nothing here. */
  static Telemetry read(Path recording, Shape shape) throws IOException {
    Telemetry telemetry = new Telemetry();
    try (RecordingReader reader = RecordingReader.open(recording)) {
      for (RecordedMessage message = reader.next(); message != null; message = reader.next()) {
        String topic = reader.metadata().topics().get(message.topic()).name();
        byte[] value = message.value();
        if (value == null) {
          continue;
        }
        if (topic.equals(shape.topic("otlp_spans"))) {
          telemetry.add(traces(value));
        } else if (topic.equals(shape.topic("otlp_logs"))) {
          telemetry.add(logs(value));
        }
      }
    }
    return telemetry;
  }

  private static TracesData traces(byte[] value) throws IOException {
    if (!isJson(value)) {
      return TracesData.parseFrom(value);
    }
    TracesData.Builder traces = TracesData.newBuilder();
    OtlpJson.merge(json(value), traces);
    return traces.build();
  }

  private static LogsData logs(byte[] value) throws IOException {
    if (!isJson(value)) {
      return LogsData.parseFrom(value);
    }
    LogsData.Builder logs = LogsData.newBuilder();
    OtlpJson.merge(json(value), logs);
    return logs.build();
  }

  private static boolean isJson(byte[] value) {
    return value.length > 0 && value[0] == '{';
  }

  private static JsonObject json(byte[] value) {
    return new JsonObject(new String(value, StandardCharsets.UTF_8));
  }

  private void add(TracesData traces) {
    for (ResourceSpans ofResource : traces.getResourceSpansList()) {
      Emitter emitter = Emitter.of(ofResource.getResource());
      for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
        for (Span span : ofScope.getSpansList()) {
          EmittedSpan emitted = new EmittedSpan(emitter, ofScope.getScope().getName(), span);
          boolean isNew = spans.putIfAbsent(emitted.key(), emitted) == null;
          SpanKey parent = emitted.parentKey();
          if (isNew && parent != null) {
            children.computeIfAbsent(parent, p -> new ArrayList<>()).add(emitted);
          }
        }
      }
    }
  }

  private void add(LogsData data) {
    for (ResourceLogs ofResource : data.getResourceLogsList()) {
      Emitter emitter = Emitter.of(ofResource.getResource());
      Map<String, String> resource = Attributes.of(ofResource.getResource().getAttributesList());
      for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
        Map<LogRecord, Integer> equalOnes = new HashMap<>();
        for (LogRecord log : ofScope.getLogRecordsList()) {
          int ordinal = equalOnes.merge(log, 1, Integer::sum);
          logs.putIfAbsent(
              new LogKey(resource, ofScope.getScope(), log, ordinal),
              new EmittedLog(emitter, ofScope.getScope().getName(), log));
        }
      }
    }
  }

  Collection<EmittedSpan> spans() {
    return spans.values();
  }

  Collection<EmittedLog> logs() {
    return logs.values();
  }

  /** Null for a root, and where the parent is not in the recording. */
  @Nullable EmittedSpan parent(EmittedSpan span) {
    SpanKey parent = span.parentKey();
    return parent == null ? null : spans.get(parent);
  }

  List<EmittedSpan> children(EmittedSpan span) {
    return children.getOrDefault(span.key(), List.of());
  }
}
