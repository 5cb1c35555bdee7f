// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpLogDecoder;
import io.pkgslo.ingest.decode.OtlpMetricDecoder;
import io.pkgslo.ingest.decode.OtlpTraceDecoder;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole stage behind real bytes, with everything that it says kept in lists. */
final class FactRecorder implements FactSink {
  /** The wall clock of the tests. */
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  static final long NOW_NANOS = NOW.getEpochSecond() * 1_000_000_000L;

  /** A span as it was handed over. */
  record SpanSeen(
      long spanId,
      ProcessOrigin origin,
      String goPackage,
      int traits,
      long duration,
      long weight,
      String peer) {
    boolean has(int flag) {
      return SpanTraits.has(traits, flag);
    }

    AttributionSource source() {
      return SpanTraits.source(traits);
    }
  }

  /** A log record with a trace, as it was handed over. */
  record LogSeen(
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      String goPackage,
      int severity,
      long timeEpochNanos,
      String excerpt,
      long identityHigh) {}

  /** A line, its process and its stream. */
  record LineSeen(String process, String stream, ProcessLine line) {}

  final List<SpanSeen> spans = new ArrayList<>();
  final List<PanicReport> spanPanics = new ArrayList<>();
  final List<LogSeen> logs = new ArrayList<>();
  final List<ProcessLog> processLogs = new ArrayList<>();
  final List<ProcessRequest> requests = new ArrayList<>();
  final List<PanicReport> logPanics = new ArrayList<>();
  final List<PanicReport> tracedLogPanics = new ArrayList<>();
  final List<ProcessInit> inits = new ArrayList<>();
  final List<LineSeen> lines = new ArrayList<>();
  final List<RuntimePoint> points = new ArrayList<>();
  final List<ProcessOrigin> aliases = new ArrayList<>();

  /** By index of the span or log that they are of. */
  final Map<Integer, SelectionSet> selectedSpans = new TreeMap<>();

  final Map<Integer, SelectionSet> selectedLogs = new TreeMap<>();
  final List<SelectedPoint> selectedPoints = new ArrayList<>();
  final ItemCounts counts = new ItemCounts();
  private final AttributeKeys keys;
  private final ItemReaders readers;
  private ItemSelectors selectors = ItemSelectors.NONE;

  FactRecorder() {
    this(AttributeSettings.DEFAULT);
  }

  FactRecorder(AttributeSettings settings) {
    keys = settings.keys();
    readers =
        new ItemReaders(settings, keys, this, Clock.fixed(NOW, ZoneOffset.UTC), () -> selectors);
  }

  /** From now on these objectives select. */
  FactRecorder select(Objective... objectives) {
    for (Objective objective : objectives) {
      selectors = selectors.with(objective);
    }
    return this;
  }

  FactRecorder read(TracesData traces) {
    return read(traces, NOW.toEpochMilli());
  }

  FactRecorder read(TracesData traces, long appendedMillis) {
    readers.begin(appendedMillis, counts);
    try {
      new OtlpTraceDecoder(keys, DecodeLimits.DEFAULT)
          .decode(ByteBuffer.wrap(traces.toByteArray()), readers.spans());
    } catch (MalformedOtlpException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  FactRecorder read(LogsData logData) {
    readers.begin(NOW.toEpochMilli(), counts);
    try {
      new OtlpLogDecoder(keys, DecodeLimits.DEFAULT)
          .decode(ByteBuffer.wrap(logData.toByteArray()), readers.logs());
      readers.end();
    } catch (MalformedOtlpException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  FactRecorder read(MetricsData metrics) {
    readers.begin(NOW.toEpochMilli(), counts);
    try {
      new OtlpMetricDecoder(keys, DecodeLimits.DEFAULT)
          .decode(ByteBuffer.wrap(metrics.toByteArray()), readers.metrics());
    } catch (MalformedOtlpException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  void aborted() {
    readers.aborted();
  }

  SpanSeen onlySpan() {
    if (spans.size() != 1) {
      throw new AssertionError("expected one span, had " + spans);
    }
    return spans.get(0);
  }

  @Override
  public void span(SpanFact span) {
    spans.add(
        new SpanSeen(
            span.spanId(),
            span.origin(),
            span.goPackage(),
            span.traits(),
            span.durationNanos(),
            span.weight(),
            span.peer()));
  }

  @Override
  public void selectedSpan(SelectionSet selected) {
    selectedSpans.put(spans.size() - 1, selected);
  }

  @Override
  public void selectedLog(SelectionSet selected) {
    selectedLogs.put(logs.size() - 1, selected);
  }

  @Override
  public void selectedPoint(ProcessOrigin origin, SelectedPoint.Builder point) {
    selectedPoints.add(point.build());
  }

  @Override
  public void panicOfSpan(PanicReport.Builder panic) {
    spanPanics.add(panic.build());
  }

  @Override
  public void log(LogFact log) {
    logs.add(
        new LogSeen(
            log.traceIdHigh(),
            log.traceIdLow(),
            log.spanId(),
            log.goPackage(),
            log.severity(),
            log.timeEpochNanos(),
            log.excerpt(),
            log.identityHigh()));
  }

  @Override
  public void processLog(ProcessOrigin origin, ProcessLog.Builder log) {
    processLogs.add(log.build());
  }

  @Override
  public void request(ProcessOrigin origin, ProcessRequest.Builder request) {
    requests.add(request.build());
  }

  @Override
  public void panicOfLog(ProcessOrigin origin, PanicReport.Builder panic) {
    logPanics.add(panic.build());
  }

  @Override
  public void panicOfTracedLog(ProcessOrigin origin, PanicReport.Builder panic) {
    tracedLogPanics.add(panic.build());
  }

  @Override
  public void init(ProcessOrigin origin, ProcessInit.Builder init) {
    inits.add(init.build());
  }

  @Override
  public void line(ProcessOrigin origin, String stream, ProcessLine.Builder line) {
    lines.add(new LineSeen(origin.process(), stream, line.build()));
  }

  @Override
  public void runtime(ProcessOrigin origin, RuntimePoint.Builder point) {
    points.add(point.build());
  }

  @Override
  public void alias(ProcessOrigin origin) {
    aliases.add(origin);
  }
}
