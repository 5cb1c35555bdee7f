// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.List;

/**
 * Buckets of one width that do not count, because they overlap an interval of time that was
 * excluded. Immutable.
 */
final class SlotMask {
  static final SlotMask NONE = new SlotMask(new int[0], new int[0]);

  /** Sorted, not overlapping; {@code ends} are exclusive. */
  private final int[] starts;

  private final int[] ends;

  private SlotMask(int[] starts, int[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  /** The buckets of {@code width} that overlap any of the intervals, which are sorted by start. */
  static SlotMask of(List<TimeInterval> intervals, BucketWidth width) {
    if (intervals.isEmpty()) {
      return NONE;
    }
    int[] starts = new int[intervals.size()];
    int[] ends = new int[intervals.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = slot(width, intervals.get(i).startMillis());
      ends[i] = slot(width, intervals.get(i).endMillis() - 1) + 1;
    }
    return new SlotMask(starts, ends);
  }

  /** An interval may end in the year 9999, which is beyond the buckets that have a number. */
  private static int slot(BucketWidth width, long epochMillis) {
    long slot = Math.floorDiv(epochMillis, width.seconds() * 1_000L);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(slot, Integer.MAX_VALUE - 1));
  }

  /** Costs O(log n) of the number of intervals. */
  boolean hides(int slot) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= slot) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && slot < ends[low - 1];
  }
}
