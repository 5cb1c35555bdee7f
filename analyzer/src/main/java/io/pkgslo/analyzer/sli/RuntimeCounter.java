// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.CounterRecord;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Mutable, single-threaded: increases of one counter of one process, whether its points are
 * cumulative or deltas. A point that comes again, or that is older than one that came, increases
 * nothing; a counter that starts anew has increased by what it shows.
 */
final class RuntimeCounter {
  /** Deltas that are told from their duplicates: 8 min at the shortest usual interval of 15 s. */
  private static final int MAX_TIMES = 32;

  /** Nothing to say. */
  static final double NONE = -1;

  private final List<Long> deltaTimes = new ArrayList<>();
  private long startNanos;
  private long timeNanos;
  private double last;

  /**
   * By how much it has increased with this point, not negative; {@link #NONE} when the point says
   * nothing new. The first point of a cumulative counter is where it begins.
   */
  double increase(RuntimePoint point) {
    return increase(point, point.getValue());
  }

  /** Likewise for another number of the point than its value. */
  double increase(RuntimePoint point, double value) {
    return point.getDelta() ? delta(point, value) : cumulative(point, value);
  }

  private double delta(RuntimePoint point, double value) {
    if (deltaTimes.contains(point.getTimeEpochNanos())) {
      return NONE;
    }
    deltaTimes.add(point.getTimeEpochNanos());
    if (deltaTimes.size() > MAX_TIMES) {
      deltaTimes.remove(0);
    }
    timeNanos = Math.max(timeNanos, point.getTimeEpochNanos());
    return Math.max(0, value);
  }

  private double cumulative(RuntimePoint point, double value) {
    long before = timeNanos;
    if (point.getTimeEpochNanos() <= before) {
      return NONE;
    }
    boolean anew = value < last || point.getStartEpochNanos() > startNanos;
    double increase = anew ? value : value - last;
    startNanos = point.getStartEpochNanos();
    timeNanos = point.getTimeEpochNanos();
    last = value;
    return before == 0 ? 0 : Math.max(0, increase);
  }

  /** Time of the latest point, epoch nanoseconds; 0 before the first. */
  long timeNanos() {
    return timeNanos;
  }

  CounterRecord encode() {
    return CounterRecord.newBuilder()
        .setStartNanos(startNanos)
        .setTimeNanos(timeNanos)
        .setLast(last)
        .addAllDeltaTime(deltaTimes)
        .build();
  }

  static RuntimeCounter decode(CounterRecord record) {
    RuntimeCounter counter = new RuntimeCounter();
    counter.startNanos = record.getStartNanos();
    counter.timeNanos = record.getTimeNanos();
    counter.last = record.getLast();
    counter.deltaTimes.addAll(record.getDeltaTimeList());
    return counter;
  }
}
