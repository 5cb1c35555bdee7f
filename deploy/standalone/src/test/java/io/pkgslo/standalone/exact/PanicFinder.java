// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.pkgslo.standalone.exact.PanicReport.Source;
import io.pkgslo.standalone.exact.Telemetry.EmittedLog;
import io.pkgslo.standalone.exact.Telemetry.EmittedSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The panics that spans and log records report by their exception attributes (reference:
 * go-telemetry.md 3.1, 3.4). Errors that were recorded have the same shape: a panic's event is
 * stamped after the end of its span, its type is one of the runtime's or a bare text or number, or
 * its stack goes through {@code panic}.
 */
final class PanicFinder {
  /** What {@code recover} gives and no {@code error} is. */
  private static final Set<String> PANIC_TYPES = Set.of(".string", ".int");

  private PanicFinder() {}

  /** The panics of one span. */
  static List<PanicReport> inSpan(EmittedSpan emitted) {
    Span span = emitted.span();
    return span.getEventsList().stream()
        .filter(event -> event.getName().equals("exception"))
        .filter(
            event ->
                event.getTimeUnixNano() >= span.getEndTimeUnixNano()
                    || provesPanic(Attributes.of(event.getAttributesList())))
        .map(
            event ->
                report(
                    Source.SPAN,
                    emitted.emitter(),
                    emitted,
                    Ids.hex(span.getTraceId()),
                    event.getTimeUnixNano(),
                    Attributes.of(event.getAttributesList())))
        .toList();
  }

  /** The panic of one log record, or null. */
  static @Nullable PanicReport inLog(EmittedLog emitted) {
    LogRecord log = emitted.log();
    Map<String, String> attributes = Attributes.of(log.getAttributesList());
    if (!provesPanic(attributes)) {
      return null;
    }
    long time = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
    return report(Source.LOG, emitted.emitter(), null, Ids.hex(log.getTraceId()), time, attributes);
  }

  private static boolean provesPanic(Map<String, String> attributes) {
    String type = attributes.getOrDefault("exception.type", "");
    Stack stack = stack(attributes);
    return type.startsWith("runtime.")
        || PANIC_TYPES.contains(type)
        || (stack != null && stack.hasPanic());
  }

  private static @Nullable Stack stack(Map<String, String> attributes) {
    String text = attributes.getOrDefault("exception.stacktrace", "");
    return text.isEmpty() ? null : Stack.parse(text.lines().toList());
  }

  private static PanicReport report(
      Source source,
      Emitter emitter,
      @Nullable EmittedSpan span,
      String traceId,
      long epochNanos,
      Map<String, String> attributes) {
    return new PanicReport(
        source,
        emitter,
        span,
        traceId,
        epochNanos,
        attributes.getOrDefault("exception.type", ""),
        attributes.getOrDefault("exception.message", ""),
        stack(attributes));
  }
}
