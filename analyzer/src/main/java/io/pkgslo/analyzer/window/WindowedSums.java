// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Mutable, single-threaded: valid and bad amounts of one SLI of one subject, kept in buckets of
 * event time, with a running sum for every window.
 *
 * <p>Invariant: the sum of a window is the sum of all amounts whose bucket is one of its last
 * closed ones or later, whatever the order in which they came.
 */
public final class WindowedSums {
  private final List<Window> windows;
  private final Map<BucketWidth, BucketRing> rings = new EnumMap<>(BucketWidth.class);
  private long closedMillis = Long.MIN_VALUE;

  public WindowedSums(List<Window> windows) {
    this.windows = List.copyOf(windows);
    Map<BucketWidth, List<Window>> byWidth = new EnumMap<>(BucketWidth.class);
    for (Window window : windows) {
      byWidth.computeIfAbsent(window.width(), w -> new ArrayList<>()).add(window);
    }
    byWidth.forEach((width, its) -> rings.put(width, new BucketRing(its)));
  }

  public List<Window> windows() {
    return windows;
  }

  /**
   * Adds amounts of the event time {@code epochMillis}; windows that have passed it ignore them.
   */
  public void add(long epochMillis, long valid, long bad) {
    for (Map.Entry<BucketWidth, BucketRing> ring : rings.entrySet()) {
      ring.getValue().add(ring.getKey().slotOf(epochMillis), valid, bad);
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
    for (Map.Entry<BucketWidth, BucketRing> ring : rings.entrySet()) {
      changed |= ring.getValue().advance(ring.getKey().slotOf(closedMillis));
    }
    return changed;
  }

  /** Sums over one of {@link #windows}. */
  public Sums over(Window window) {
    BucketRing ring = rings.get(window.width());
    if (ring == null) {
      throw new IllegalArgumentException("no sums are kept for window " + window.label());
    }
    return ring.sums(window);
  }

  /** True when no window has anything left to forget. */
  public boolean isEmpty() {
    return rings.values().stream().allMatch(BucketRing::isEmpty);
  }

  /** Shows the buckets of one width from {@code from} (inclusive) to {@code to} (exclusive). */
  public void visit(BucketWidth width, int from, int to, BucketVisitor visitor) {
    BucketRing ring = rings.get(width);
    if (ring != null) {
      ring.visit(from, to, visitor);
    }
  }

  /** Puts back what {@link #visit} showed. Widths that no window uses are ignored. */
  public void restore(BucketWidth width, int slot, long valid, long bad) {
    BucketRing ring = rings.get(width);
    if (ring != null) {
      ring.add(slot, valid, bad);
    }
  }

  /** The same amounts under other windows, as far as the buckets kept here reach. */
  public WindowedSums withWindows(List<Window> others) {
    WindowedSums copy = new WindowedSums(others);
    if (closedMillis != Long.MIN_VALUE) {
      copy.advance(closedMillis);
    }
    rings.forEach(
        (width, ring) ->
            ring.visit(
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                (slot, valid, bad) -> copy.restore(width, slot, valid, bad)));
    return copy;
  }
}
