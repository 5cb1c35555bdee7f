// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.PauseRecord;
import io.pkgslo.model.wire.RuntimePoint;

/**
 * Mutable, single-threaded: how long and how often garbage collection stopped one process. Old
 * instrumentation tells of the same pauses twice, as a total and as a histogram: the total is taken
 * where there is one.
 */
final class PauseCounter {
  private static final double NANOS_PER_SECOND = 1e9;

  private RuntimeCounter total = new RuntimeCounter();
  private RuntimeCounter histogram = new RuntimeCounter();
  private RuntimeCounter cycles = new RuntimeCounter();
  private double seconds;
  private double collections;
  private double share = RuntimeCounter.NONE;

  /** {@code go.memory.gc.pause.total}; returns the increase in seconds, or NONE. */
  double addTotal(RuntimePoint point) {
    return paused(total.timeNanos(), point, total.increase(point));
  }

  /** {@code go.memory.gc.pause.duration}, whose value is the sum of its observations. */
  double addHistogram(RuntimePoint point) {
    long before = histogram.timeNanos();
    double increase = histogram.increase(point);
    return total.timeNanos() > 0 ? RuntimeCounter.NONE : paused(before, point, increase);
  }

  private double paused(long beforeNanos, RuntimePoint point, double increase) {
    if (increase < 0) {
      return increase;
    }
    seconds += increase;
    long from = point.getDelta() ? point.getStartEpochNanos() : beforeNanos;
    double interval = (point.getTimeEpochNanos() - from) / NANOS_PER_SECOND;
    if (from > 0 && interval > 0) {
      share = Math.min(1, increase / interval);
    }
    return increase;
  }

  /** {@code go.memory.gc.cycles}. */
  void addCycles(RuntimePoint point) {
    collections += Math.max(0, cycles.increase(point));
  }

  /** Seconds since the process was first seen. */
  double seconds() {
    return seconds;
  }

  double collections() {
    return collections;
  }

  /** Share of the latest interval between two points; negative while unknown. */
  double share() {
    return share;
  }

  PauseRecord encode() {
    return PauseRecord.newBuilder()
        .setTotal(total.encode())
        .setHistogram(histogram.encode())
        .setCycles(cycles.encode())
        .setSeconds(seconds)
        .setCollections(collections)
        .setShare(share)
        .build();
  }

  static PauseCounter decode(PauseRecord record) {
    PauseCounter pauses = new PauseCounter();
    pauses.total = RuntimeCounter.decode(record.getTotal());
    pauses.histogram = RuntimeCounter.decode(record.getHistogram());
    pauses.cycles = RuntimeCounter.decode(record.getCycles());
    pauses.seconds = record.getSeconds();
    pauses.collections = record.getCollections();
    pauses.share = record.getShare();
    return pauses;
  }
}
