// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;
import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One report of one panic of a process. Equal is only what is the same report. */
final class ProcessReport {
  /** By event time; the rest only makes the order total. */
  static final Comparator<ProcessReport> BY_TIME =
      Comparator.comparingLong(ProcessReport::timeNanos)
          .thenComparing(ProcessReport::source)
          .thenComparingLong(report -> report.report().getIdentityHigh())
          .thenComparingLong(report -> report.report().getIdentityLow());

  private static final long MATCH_NANOS = 5_000_000_000L;
  private static final int HALF = Long.BYTES;

  /** Time of arrival of what is only foreseen: never due. */
  static final long FORESEEN = Long.MAX_VALUE;

  private final PanicReport report;
  private final Origin origin;
  private final @Nullable GoPanic fromLines;
  private final long arrivedMillis;

  /**
   * @param fromLines the panic where it was read from lines of stderr; null elsewhere
   * @param arrivedMillis append time
   */
  ProcessReport(
      PanicReport report, Origin origin, @Nullable GoPanic fromLines, long arrivedMillis) {
    this.report = report;
    this.origin = origin;
    this.fromLines = fromLines;
    this.arrivedMillis = arrivedMillis;
  }

  PanicReport report() {
    return report;
  }

  Origin origin() {
    return origin;
  }

  @Nullable GoPanic fromLines() {
    return fromLines;
  }

  long arrivedMillis() {
    return arrivedMillis;
  }

  /** True when both were read from one item. */
  boolean isCopyOf(PanicReport other) {
    return report.getSource() == other.getSource()
        && report.getIdentityHigh() == other.getIdentityHigh()
        && report.getIdentityLow() == other.getIdentityLow();
  }

  /** The same report, of which there is an earlier copy. */
  ProcessReport arrived(long earlierMillis) {
    return new ProcessReport(report, origin, fromLines, earlierMillis);
  }

  /** Read from lines that are not due: it tells what a panic will be, and is not of it yet. */
  boolean isForeseen() {
    return arrivedMillis == FORESEEN;
  }

  PanicReport.Source source() {
    return report.getSource();
  }

  long timeNanos() {
    return report.getTimeEpochNanos();
  }

  /** True when a stack says whom to blame, and not the package of a span. */
  boolean isBlamedByStack() {
    return !report.getPackage().isEmpty() && !report.getFunction().isEmpty();
  }

  /** True for two reports of different kinds that may be of one panic. */
  boolean mayBeOnePanicWith(ProcessReport other) {
    return source() != other.source()
        && isNear(other)
        && !contradictsTraceOf(other)
        && (hasMessageOf(other) || hasTypeOf(other));
  }

  /**
   * True where the other one may be the second report of one panic by two handlers, or by one that
   * logs the stack alone and the words in a record of their own.
   */
  boolean mayBeToldAgainBy(ProcessReport other) {
    return source() == other.source()
        && !report.getSecondhand()
        && other.report.getSecondhand()
        && isNear(other)
        && (hasMessageOf(other) || report.getNormalisedMessage().isEmpty())
        && mayBeOfGoroutine(goroutine(), other.goroutine());
  }

  /** A panic is thrown again on the goroutine that recovered it; not every stack names its own. */
  private static boolean mayBeOfGoroutine(String one, String other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  private String goroutine() {
    return StackParser.goroutineOf(report.getStack());
  }

  private boolean isNear(ProcessReport other) {
    return Math.abs(timeNanos() - other.timeNanos()) <= MATCH_NANOS;
  }

  boolean hasMessageOf(ProcessReport other) {
    String message = report.getNormalisedMessage();
    return !message.isEmpty() && message.equals(other.report.getNormalisedMessage());
  }

  private boolean hasTypeOf(ProcessReport other) {
    String type = report.getType();
    return !type.isEmpty() && type.equals(other.report.getType());
  }

  boolean hasTraceOf(ProcessReport other) {
    return hasTrace() && other.hasTrace() && !contradictsTraceOf(other);
  }

  /** Both name a trace, and not the same one. */
  boolean contradictsTraceOf(ProcessReport other) {
    if (!hasTrace() || !other.hasTrace()) {
      return false;
    }
    ByteString one = report.getTraceId();
    ByteString two = other.report.getTraceId();
    boolean lowEqual = one.substring(HALF).equals(two.substring(HALF));
    boolean halfKnown = isZero(one.substring(0, HALF)) || isZero(two.substring(0, HALF));
    return !lowEqual || !(halfKnown || one.equals(two));
  }

  private boolean hasTrace() {
    return report.getTraceId().size() == 2 * HALF;
  }

  /** Some logs know the low half only. */
  private static boolean isZero(ByteString half) {
    for (int i = 0; i < half.size(); i++) {
      if (half.byteAt(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
