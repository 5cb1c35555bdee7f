// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: valid and bad amounts of one SLI of one subject, kept in buckets of
 * event time, with a running sum for every window. A width without any amount takes no room.
 *
 * <p>Invariant: the sum of a window is the sum of all amounts whose bucket is one of its last
 * closed ones or later, whatever the order in which they came.
 */
public final class WindowedSums {
  private static final BucketWidth[] WIDTHS = BucketWidth.values();

  private final WindowPlan plan;
  private final @Nullable BucketRing[] rings = new BucketRing[BucketWidth.COUNT];
  private long closedMillis = Long.MIN_VALUE;
  private List<TimeInterval> excluded = List.of();

  public WindowedSums(List<Window> windows) {
    this.plan = WindowPlan.of(windows);
  }

  public List<Window> windows() {
    return plan.windows();
  }

  /**
   * Adds amounts of the event time {@code epochMillis}; windows that have passed it ignore them.
   */
  public void add(long epochMillis, long valid, long bad) {
    for (BucketWidth width : WIDTHS) {
      restore(width, width.slotOf(epochMillis), valid, bad);
    }
  }

  /**
   * Moves time on: buckets that end at or before {@code closedMillis} are closed. Smaller values
   * than before change nothing.
   *
   * @return whether the sum of any window changed
   */
  public boolean advance(long closedMillis) {
    if (closedMillis <= this.closedMillis) {
      return false;
    }
    this.closedMillis = closedMillis;
    boolean changed = false;
    for (BucketWidth width : WIDTHS) {
      BucketRing ring = rings[width.code()];
      if (ring != null) {
        changed |= ring.advance(width.slotOf(closedMillis));
        if (ring.isEmpty()) {
          rings[width.code()] = null;
        }
      }
    }
    return changed;
  }

  /**
   * Lets time count in no window: every bucket that overlaps one of the intervals, so that an
   * interval is widened to the buckets of each window. Takes the place of what was excluded before.
   *
   * @param intervals sorted by start, not overlapping
   */
  public void exclude(List<TimeInterval> intervals) {
    if (intervals.equals(excluded)) {
      return;
    }
    excluded = List.copyOf(intervals);
    for (BucketWidth width : WIDTHS) {
      BucketRing ring = rings[width.code()];
      if (ring != null) {
        ring.hide(SlotMask.of(excluded, width));
      }
    }
  }

  /** Sums over one of {@link #windows}. */
  public Sums over(Window window) {
    int index = plan.windows().indexOf(window);
    if (index < 0) {
      throw new IllegalArgumentException("no sums are kept for window " + window.label());
    }
    BucketRing ring = rings[plan.code(index)];
    return ring == null ? Sums.NONE : ring.sums(plan.position(index));
  }

  /** Sums over all of {@link #windows}, in their order. */
  public SumsList overAll() {
    long[] amounts = new long[2 * plan.windows().size()];
    for (int i = 0; i < amounts.length / 2; i++) {
      BucketRing ring = rings[plan.code(i)];
      if (ring != null) {
        amounts[2 * i] = ring.validSum(plan.position(i));
        amounts[2 * i + 1] = ring.badSum(plan.position(i));
      }
    }
    return new SumsList(amounts);
  }

  /** True when no window has anything left to forget. */
  public boolean isEmpty() {
    for (BucketRing ring : rings) {
      if (ring != null && !ring.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Shows the buckets of one width from {@code from} (inclusive) to {@code to} (exclusive). */
  public void visit(BucketWidth width, int from, int to, BucketVisitor visitor) {
    BucketRing ring = rings[width.code()];
    if (ring != null) {
      ring.visit(from, to, visitor);
    }
  }

  /** Puts back what {@link #visit} showed. Widths that no window uses are ignored. */
  public void restore(BucketWidth width, int slot, long valid, long bad) {
    if (!plan.has(width)) {
      return;
    }
    BucketRing ring = rings[width.code()];
    if (ring == null) {
      ring = new BucketRing(plan, width);
      if (!excluded.isEmpty()) {
        ring.hide(SlotMask.of(excluded, width));
      }
      if (closedMillis != Long.MIN_VALUE) {
        ring.advance(width.slotOf(closedMillis));
      }
      rings[width.code()] = ring;
    }
    ring.add(slot, valid, bad);
  }

  /**
   * The same amounts under other windows, as far as the buckets kept here reach: a width that is
   * new is made from the next narrower one.
   *
   * @param made is told the time of each bucket of a width that was not kept here
   */
  public WindowedSums withWindows(List<Window> others, LongConsumer made) {
    WindowedSums copy = new WindowedSums(others);
    copy.closedMillis = closedMillis;
    copy.excluded = excluded;
    BucketWidth kept = null;
    for (BucketWidth width : WIDTHS) {
      kept = plan.has(width) ? width : kept;
      if (kept != null && copy.plan.has(width)) {
        copy.fold(this, kept, width, kept == width ? millis -> {} : made);
      }
    }
    return copy;
  }

  private void fold(WindowedSums from, BucketWidth narrow, BucketWidth wide, LongConsumer made) {
    from.visit(
        narrow,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        (slot, valid, bad) -> {
          long millis = slot * (narrow.seconds() * 1_000L);
          restore(wide, wide.slotOf(millis), valid, bad);
          made.accept(millis);
        });
  }

  /** What windows do not count: sorted by start, not overlapping. */
  public List<TimeInterval> excluded() {
    return excluded;
  }

  /**
   * Sums over one of {@link #windows} without some more of its time, as {@link #exclude} would
   * leave it out. Costs a step per bucket when there is any.
   */
  public Sums overWithout(Window window, List<TimeInterval> intervals) {
    Sums all = over(window);
    BucketRing ring = rings[window.width().code()];
    if (intervals.isEmpty() || ring == null) {
      return all;
    }
    BucketWidth width = window.width();
    SlotMask mask = SlotMask.of(intervals, width);
    int first =
        closedMillis == Long.MIN_VALUE
            ? Integer.MIN_VALUE
            : window.firstSlot(width.slotOf(closedMillis));
    long[] hidden = new long[2];
    ring.visit(
        first,
        Integer.MAX_VALUE,
        (slot, valid, bad) -> {
          if (mask.hides(slot)) {
            hidden[0] += valid;
            hidden[1] += bad;
          }
        });
    return new Sums(all.valid() - hidden[0], all.bad() - hidden[1]);
  }
}
