// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A half-open interval of event time, epoch milliseconds.
 *
 * @param endMillis after {@code startMillis}
 */
public record TimeInterval(long startMillis, long endMillis) {
  public TimeInterval {
    if (endMillis <= startMillis) {
      throw new IllegalArgumentException(
          "an interval must end after its start, was " + startMillis + " to " + endMillis);
    }
  }

  public boolean has(long epochMillis) {
    return startMillis <= epochMillis && epochMillis < endMillis;
  }

  /** This interval, widened to whole multiples of {@code millis} since the epoch. */
  public TimeInterval widened(long millis) {
    return new TimeInterval(
        Math.floorDiv(startMillis, millis) * millis, -Math.floorDiv(-endMillis, millis) * millis);
  }

  /** Sorted, with those that touch or overlap made one. */
  public static List<TimeInterval> merged(List<TimeInterval> intervals) {
    List<TimeInterval> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparingLong(TimeInterval::startMillis));
    List<TimeInterval> merged = new ArrayList<>();
    for (TimeInterval next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && next.startMillis <= merged.get(last).endMillis) {
        TimeInterval before = merged.get(last);
        merged.set(
            last, new TimeInterval(before.startMillis, Math.max(before.endMillis, next.endMillis)));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }
}
