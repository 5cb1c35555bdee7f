// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The panics that spans of the last minutes report. While a panic unwinds a goroutine, every span
 * whose End is deferred reports it again; only the innermost span's report is the panic (reference:
 * sli.md, Panic 1; go-telemetry.md 3.1). Mutable, single-threaded.
 */
final class SpanPanics {
  /**
   * A re-panic goes up through the deferred calls of one goroutine: this long from copy to copy.
   */
  private static final long COPY_NANOS = 50_000_000L;

  private static final int MAX_REPORTS = 1 << 17;
  private static final int MAX_REPORTS_OF_TRACE = 1 << 9;
  private static final int MAX_DEPTH = 1 << 12;

  /** A report and the span that carries it. */
  static final class Reported {
    private final PanicReport report;
    private final Origin origin;
    private final TraceKey trace;
    private final long spanId;
    private int second;
    private long arrivedMillis;
    private boolean settled;

    /**
     * @param arrivedMillis append time of the block
     */
    Reported(PanicReport report, Origin origin, TraceKey trace, long spanId, long arrivedMillis) {
      this.report = report;
      this.origin = origin;
      this.trace = trace;
      this.spanId = spanId;
      this.arrivedMillis = arrivedMillis;
    }

    /** Append time of the earliest copy. */
    long arrivedMillis() {
      return arrivedMillis;
    }

    /**
     * Takes note of a copy that was appended before, in a partition that lagged: others wait for
     * this report from then on.
     *
     * @return whether it waits, and now for less long
     */
    private boolean hasten(long copyMillis) {
      if (settled || copyMillis >= arrivedMillis) {
        return false;
      }
      arrivedMillis = copyMillis;
      return true;
    }

    /** Returns whether it was to be settled still. */
    boolean settle() {
      boolean waited = !settled;
      settled = true;
      return waited;
    }

    PanicReport report() {
      return report;
    }

    Origin origin() {
      return origin;
    }

    TraceKey trace() {
      return trace;
    }

    long spanId() {
      return spanId;
    }
  }

  record TraceKey(long high, long low) {}

  private record ReportKey(TraceKey trace, long spanId, long identityHigh, long identityLow) {}

  private final SpanIndex index;
  private final Map<TraceKey, List<Reported>> byTrace = new HashMap<>();

  /** In the order in which they were seen last. */
  private final LinkedHashMap<ReportKey, Reported> byAge = new LinkedHashMap<>();

  SpanPanics(SpanIndex index) {
    this.index = index;
  }

  /**
   * Adds a report, or renews it. One that waits takes the place of one that does not.
   *
   * @return false if it, or another one in its place, is forgotten before its time
   */
  boolean see(Reported reported, int second) {
    ReportKey key = keyOf(reported);
    Reported known = byAge.remove(key);
    if (known != null && reported.settled) {
      known.second = Math.max(known.second, second);
      byAge.put(key, known);
      return true;
    }
    List<Reported> ofTrace = byTrace.computeIfAbsent(reported.trace, t -> new ArrayList<>(2));
    reported.second = second;
    if (known != null) {
      // Its identity was forgotten, and it waits once more.
      reported.second = Math.max(known.second, second);
      ofTrace.remove(known);
    }
    if (ofTrace.size() >= MAX_REPORTS_OF_TRACE) {
      return false;
    }
    ofTrace.add(reported);
    byAge.put(key, reported);
    if (byAge.size() > MAX_REPORTS) {
      forgetOldest();
      return false;
    }
    return true;
  }

  /**
   * The report of which {@code copy} is another one, when it waits and {@code copy} was appended
   * earlier; else null.
   */
  @Nullable Reported hastened(Reported copy) {
    Reported known = byAge.get(keyOf(copy));
    return known != null && known.hasten(copy.arrivedMillis) ? known : null;
  }

  private static ReportKey keyOf(Reported reported) {
    PanicReport report = reported.report;
    return new ReportKey(
        reported.trace, reported.spanId, report.getIdentityHigh(), report.getIdentityLow());
  }

  /** Forgets what was last seen before {@code second}, as far as nothing younger is in the way. */
  void forgetBefore(int second) {
    while (!byAge.isEmpty() && byAge.values().iterator().next().second < second) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    ReportKey key = byAge.keySet().iterator().next();
    Reported oldest = byAge.remove(key);
    List<Reported> ofTrace = byTrace.get(key.trace());
    if (ofTrace != null) {
      ofTrace.remove(oldest);
      if (ofTrace.isEmpty()) {
        byTrace.remove(key.trace());
      }
    }
  }

  /** The reports of one span that were seen since {@code fromSecond}. */
  List<Reported> ofSpan(TraceKey trace, long spanId, int fromSecond) {
    List<Reported> ofTrace = byTrace.getOrDefault(trace, List.of());
    if (ofTrace.isEmpty()) {
      return ofTrace;
    }
    return ofTrace.stream()
        .filter(reported -> reported.spanId == spanId && reported.second >= fromSecond)
        .toList();
  }

  /** True if a span inside the report's span reports the same panic. */
  boolean isCopy(Reported outer, int fromSecond) {
    for (Reported inner : byTrace.getOrDefault(outer.trace, List.of())) {
      if (inner != outer
          && inner.second >= fromSecond
          && sameValue(inner.report, outer.report)
          && encloses(outer, inner, fromSecond)
          // Parents that form a circle: neither is the inner one, and both count.
          && !encloses(inner, outer, fromSecond)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameValue(PanicReport one, PanicReport other) {
    return Math.abs(one.getTimeEpochNanos() - other.getTimeEpochNanos()) <= COPY_NANOS
        && one.getNormalisedMessage().equals(other.getNormalisedMessage())
        && (one.getType().equals(other.getType())
            || one.getType().isEmpty()
            || other.getType().isEmpty());
  }

  /** True if the parents of {@code inner}'s span lead to {@code outer}'s, all in one process. */
  private boolean encloses(Reported outer, Reported inner, int fromSecond) {
    TraceKey trace = inner.trace;
    int slot = index.find(trace.high(), trace.low(), inner.spanId, fromSecond);
    for (int depth = 0; slot != SpanIndex.NONE && depth < MAX_DEPTH; depth++) {
      int parent = index.parent(slot, fromSecond);
      if (parent == SpanIndex.NONE || !index.sameProcess(parent, slot)) {
        return false;
      }
      if (index.spanId(parent) == outer.spanId) {
        return true;
      }
      slot = parent;
    }
    return false;
  }
}
