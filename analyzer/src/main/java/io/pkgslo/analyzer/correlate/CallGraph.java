// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who called the package of a span, and how long the package itself took. Both follow from the
 * relatives that are known when they are asked. Not thread-safe.
 */
final class CallGraph {
  /** A package that calls itself deeper than this has no caller any more. */
  private static final int MAX_HOPS = 64;

  private static final int MAX_CHILDREN = 1 << 16;

  private final TraceRelatives relatives;
  private final SpanIndex index;
  private long cutShort;

  /** Parts of a span in which some child ran, relative to its start. */
  private long[] starts = new long[16];

  private long[] ends = new long[16];

  CallGraph(TraceRelatives relatives) {
    this.relatives = relatives;
    this.index = relatives.index();
  }

  /**
   * The nearest ancestor's subject that is another package than the span's, in whatever process;
   * null when no ancestor of another package is known.
   */
  @Nullable Subject callerOf(int slot, Subject callee, int fromSecond) {
    int ancestor = index.parent(slot, fromSecond);
    for (int hops = 0; ancestor != SpanIndex.NONE; hops++) {
      if (hops == MAX_HOPS) {
        cutShort++;
        return null;
      }
      Subject subject =
          new Subject(index.origin(ancestor), relatives.packageOf(ancestor, fromSecond));
      if (!subject.isPackageOf(callee)) {
        return subject;
      }
      ancestor = index.parent(ancestor, fromSecond);
    }
    return null;
  }

  /** Duration of a span without the time in which at least one of its children ran. */
  long selfNanos(int slot, int fromSecond) {
    long durationNanos = index.durationNanos(slot);
    int children = takeChildren(slot, durationNanos, fromSecond);
    if (children == 0) {
      return durationNanos;
    }
    Arrays.sort(starts, 0, children);
    Arrays.sort(ends, 0, children);
    // At a time, as many children run as have started and not ended: which is which is no matter.
    long busyNanos = 0;
    int ended = 0;
    for (int started = 0; started < children; ) {
      long from = starts[started];
      long to = from;
      int running = 0;
      do {
        if (started < children && starts[started] <= ends[ended]) {
          started++;
          running++;
        } else {
          to = ends[ended++];
          running--;
        }
      } while (running > 0);
      busyNanos += to - from;
    }
    return durationNanos - busyNanos;
  }

  private int takeChildren(int slot, long durationNanos, int fromSecond) {
    long startNanos = index.startNanos(slot);
    int count = 0;
    int visited = 0;
    int child = index.firstChild(slot, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(slot, child, fromSecond)) {
      if (++visited > MAX_CHILDREN) {
        cutShort++;
        return count;
      }
      // A child may outlive its parent, and clocks of two hosts differ.
      long from = Math.max(0, index.startNanos(child) - startNanos);
      long to =
          Math.min(
              durationNanos, index.startNanos(child) - startNanos + index.durationNanos(child));
      if (child != slot && from < to) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
          ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = from;
        ends[count++] = to;
      }
    }
    return count;
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    long count = cutShort;
    cutShort = 0;
    return count;
  }
}
