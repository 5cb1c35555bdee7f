// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.pkgslo.standalone.exact.Telemetry.EmittedSpan;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one span, log record or crash on standard error says about one panic.
 *
 * @param span null where no span reports it
 * @param traceId hexadecimal; empty where none is named
 * @param type of the panic's value; empty where none is named
 * @param message the panic's value as text
 * @param stack null where none is reported
 */
record PanicReport(
    Source source,
    Emitter emitter,
    @Nullable EmittedSpan span,
    String traceId,
    long epochNanos,
    String type,
    String message,
    @Nullable Stack stack) {

  private static final long MERGE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long COPY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * Kinds of source: reports of one kind are never one panic, but for copies on enclosing spans.
   */
  enum Source {
    SPAN,
    LOG,
    STDERR
  }

  /** The message without what differs from panic to panic: addresses and numbers. */
  String normalisedMessage() {
    return message.replaceAll("0x[0-9a-f]+", "#").replaceAll("[0-9]+", "#").strip();
  }

  /** What a panic leaves on the spans around it is the same, at the same time. */
  boolean isCopyOf(PanicReport other) {
    return type.equals(other.type)
        && message.equals(other.message)
        && Math.abs(epochNanos - other.epochNanos) <= COPY_NANOS;
  }

  /** Whether two sources may speak of one panic (reference: sli.md, Panic 2). */
  boolean mayBeSamePanicAs(PanicReport other) {
    return source != other.source
        && emitter.process().equals(other.emitter.process())
        && Math.abs(epochNanos - other.epochNanos) <= MERGE_NANOS
        && (traceId.isEmpty() || other.traceId.isEmpty() || traceId.equals(other.traceId))
        && ((!type.isEmpty() && type.equals(other.type))
            || normalisedMessage().equals(other.normalisedMessage()));
  }

  boolean namesTraceOf(PanicReport other) {
    return !traceId.isEmpty() && traceId.equals(other.traceId);
  }
}
