// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * What the spans of one trace say about their parents, side by side. Each span of the trace asks
 * all others whether they are its children; here that costs one comparison per span instead of a
 * walk through their rows. Mutable, single-threaded.
 */
final class ListedSpans {
  private final int[] slots = new int[SpanIndex.MAX_LISTED];
  private final long[] highs = new long[SpanIndex.MAX_LISTED];
  private final long[] parents = new long[SpanIndex.MAX_LISTED];
  private final long[] starts = new long[SpanIndex.MAX_LISTED];
  private final long[] durations = new long[SpanIndex.MAX_LISTED];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int slot, SpanRows rows) {
    slots[size] = slot;
    highs[size] = rows.traceHigh(slot);
    parents[size] = rows.parentId(slot);
    starts[size] = rows.startNanos(slot);
    durations[size] = rows.durationNanos(slot);
    size++;
  }

  int size() {
    return size;
  }

  /** Whether a span names the span of these ids as its parent, which is of the same trace. */
  boolean isChild(int span, long traceHigh, long parentId) {
    return parents[span] == parentId && highs[span] == traceHigh;
  }

  int slot(int span) {
    return slots[span];
  }

  long startNanos(int span) {
    return starts[span];
  }

  long durationNanos(int span) {
    return durations[span];
  }
}
