// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
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

  /**
   * The last answer of {@link #callerOf}, and after how many spans of the callee's package, while
   * the index is as it was. The spans of a package call each other in a row, parents first: most
   * have no more than one step to the answer of their parent.
   */
  private int answeredSlot = SpanIndex.NONE;

  private @Nullable Subject answeredCallee;
  private @Nullable Subject answeredCaller;
  private int answeredFromSecond;
  private int answeredHops;

  /** The trace of the span that was asked for last, while the index is as it was. */
  private final ListedSpans listed = new ListedSpans();

  private boolean isListed;
  private long listedTraceLow;
  private int listedFromSecond;

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
    Subject caller = null;
    int hops = 0;
    for (; ancestor != SpanIndex.NONE; hops++) {
      if (hops == MAX_HOPS) {
        cutShort++;
        return null;
      }
      Origin origin = index.origin(ancestor);
      String goPackage = relatives.packageOf(ancestor, fromSecond);
      if (!callee.isPackage(goPackage, origin)) {
        caller = new Subject(origin, goPackage);
        break;
      }
      if (isAnswered(ancestor, callee, fromSecond) && hops + 1 + answeredHops < MAX_HOPS) {
        hops += 1 + answeredHops;
        caller = answeredCaller;
        break;
      }
      ancestor = index.parent(ancestor, fromSecond);
    }
    answeredSlot = slot;
    answeredCallee = callee;
    answeredFromSecond = fromSecond;
    answeredCaller = caller;
    answeredHops = hops;
    return caller;
  }

  private boolean isAnswered(int slot, Subject callee, int fromSecond) {
    return slot == answeredSlot
        && fromSecond == answeredFromSecond
        && answeredCallee != null
        && callee.isPackage(answeredCallee.goPackage(), answeredCallee.origin());
  }

  /** Is to be called when the index may have changed. */
  void indexChanged() {
    isListed = false;
    answeredSlot = SpanIndex.NONE;
  }

  /** Duration of a span without the time in which at least one of its children ran. */
  long selfNanos(int slot, int fromSecond) {
    long durationNanos = index.durationNanos(slot);
    int children = takeChildren(slot, durationNanos, fromSecond);
    if (children == 0) {
      return durationNanos;
    }
    if (children == 1) {
      return durationNanos - (ends[0] - starts[0]);
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
    if (!index.mayHaveChild(slot)) {
      return 0;
    }
    return list(slot, fromSecond)
        ? takeListed(slot, durationNanos)
        : takeChained(slot, durationNanos, fromSecond);
  }

  private boolean list(int slot, int fromSecond) {
    long low = index.traceLow(slot);
    if (!isListed || listedTraceLow != low || listedFromSecond != fromSecond) {
      isListed = index.list(slot, fromSecond, listed);
      listedTraceLow = low;
      listedFromSecond = fromSecond;
    }
    return isListed;
  }

  private int takeListed(int slot, long durationNanos) {
    long high = index.traceHigh(slot);
    long id = index.spanId(slot);
    long startNanos = index.startNanos(slot);
    int count = 0;
    for (int span = 0; span < listed.size(); span++) {
      if (listed.isChild(span, high, id) && listed.slot(span) != slot) {
        long from = listed.startNanos(span) - startNanos;
        count = take(count, from, from + listed.durationNanos(span), durationNanos);
      }
    }
    return count;
  }

  private int takeChained(int slot, long durationNanos, int fromSecond) {
    long startNanos = index.startNanos(slot);
    int count = 0;
    int visited = 0;
    int child = index.firstChild(slot, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(slot, child, fromSecond)) {
      if (++visited > MAX_CHILDREN) {
        cutShort++;
        return count;
      }
      if (child != slot) {
        long from = index.startNanos(child) - startNanos;
        count = take(count, from, from + index.durationNanos(child), durationNanos);
      }
    }
    return count;
  }

  /** A child may outlive its parent, and clocks of two hosts differ. */
  private int take(int count, long childFrom, long childTo, long durationNanos) {
    long from = Math.max(0, childFrom);
    long to = Math.min(durationNanos, childTo);
    if (from >= to) {
      return count;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = from;
    ends[count] = to;
    return count + 1;
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    long count = cutShort;
    cutShort = 0;
    return count;
  }
}
