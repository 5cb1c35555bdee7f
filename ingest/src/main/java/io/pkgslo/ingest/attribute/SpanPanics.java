// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.crash.PanicText;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanEventCursor;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.model.SpanTraits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The panics that a span reports: exception events, told from recorded errors by their time, type
 * or stack (reference: go-telemetry.md 3.1), and status messages that hold a stack (3.3).
 */
final class SpanPanics {
  /** One panic and when it was reported. */
  record Found(GoPanic panic, long timeEpochNanos) {}

  private static final byte[] EXCEPTION = "exception".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PANIC = "panic".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GOROUTINE = "goroutine ".getBytes(StandardCharsets.US_ASCII);

  /**
   * The SDK stamps a panic's event right after the span's end. An event later than this belongs to
   * a span whose end was set by hand, where the time proves nothing.
   */
  private static final long LONGEST_GAP_NANOS = 1_000_000_000L;

  private static final byte[] RECOVERED = "ecover".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RUNTIME = "runtime error: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONVERSION = "interface ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NIL_MAP = "nil map".getBytes(StandardCharsets.US_ASCII);

  /** So begins what grpc-go's client returns: the words of another process. */
  private static final byte[] RPC_ERROR = "rpc error: ".getBytes(StandardCharsets.US_ASCII);

  private static final List<byte[]> WORDS =
      List.of(PANIC, GOROUTINE, RECOVERED, RUNTIME, CONVERSION, NIL_MAP);

  private final BlamePolicy policy;

  SpanPanics(BlamePolicy policy) {
    this.policy = policy;
  }

  /** Panics of one span, one per message; mostly none. */
  List<Found> of(SpanView span) {
    List<Found> found = span.eventCount() == 0 ? List.of() : inEvents(span);
    return found.isEmpty() && span.statusCode() == SpanTraits.STATUS_ERROR ? inStatus(span) : found;
  }

  private List<Found> inEvents(SpanView span) {
    List<Found> found = new ArrayList<>();
    SpanEventCursor events = span.events();
    while (events.next()) {
      if (events.name().contentEquals(EXCEPTION)) {
        GoPanic panic = panic(events, span.endEpochNanos());
        if (panic != null) {
          add(found, new Found(panic, events.timeEpochNanos()));
        }
      }
    }
    return found;
  }

  private @Nullable GoPanic panic(SpanEventCursor event, long endEpochNanos) {
    AttributesView attributes = event.attributes();
    String type = Values.string(attributes.text(Key.EXCEPTION_TYPE.id()));
    String stack = Values.string(attributes.text(Key.EXCEPTION_STACKTRACE.id()));
    if (!isAfterEnd(event.timeEpochNanos(), endEpochNanos) && !PanicText.provesPanic(type, stack)) {
      return null;
    }
    String message = Values.text(attributes, Key.EXCEPTION_MESSAGE);
    return PanicText.fromException(type, message, stack, policy);
  }

  private static boolean isAfterEnd(long eventEpochNanos, long endEpochNanos) {
    long gap = eventEpochNanos - endEpochNanos;
    return gap >= 0 && gap <= LONGEST_GAP_NANOS;
  }

  /** A handler may record the panic that End records once more: of two, the one with a stack. */
  private static void add(List<Found> found, Found later) {
    for (int i = 0; i < found.size(); i++) {
      GoPanic earlier = found.get(i).panic();
      if (earlier.message().equals(later.panic().message())) {
        if (earlier.stack().isEmpty()) {
          found.set(i, later);
        }
        return;
      }
    }
    found.add(later);
  }

  /** What a caller's status says came from the callee, whose process it was. */
  private List<Found> inStatus(SpanView span) {
    Slice message = span.statusMessage();
    boolean caller =
        span.kind() == SpanTraits.KIND_CLIENT || span.kind() == SpanTraits.KIND_PRODUCER;
    if (caller || message.isEmpty() || !mayReport(message) || message.startsWith(RPC_ERROR)) {
      return List.of();
    }
    return PanicText.findReported(message.toString(), policy).stream()
        .map(panic -> new Found(panic, span.endEpochNanos()))
        .toList();
  }

  private static boolean mayReport(Slice message) {
    return WORDS.stream().anyMatch(word -> message.indexOf(word) >= 0);
  }
}
