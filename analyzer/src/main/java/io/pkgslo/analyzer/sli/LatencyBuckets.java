// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.LatencyRecord;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: a histogram of one process that grows from point to point, as its
 * latest increase per upper bound. Processes may have different bounds: their increases still add
 * up.
 */
final class LatencyBuckets {
  /** Go's own histogram has some 160; a longer one is nobody's. */
  private static final int MAX_BUCKETS = 1_024;

  private RuntimeCounter points = new RuntimeCounter();
  private List<Double> bounds = List.of();
  private List<Long> counts = List.of();
  private final Map<Double, Long> increase = new TreeMap<>();

  void add(RuntimePoint point) {
    List<Long> now = point.getBucketCountList();
    if (now.size() != point.getExplicitBoundCount() + 1 || now.size() > MAX_BUCKETS) {
      return;
    }
    long total = now.stream().mapToLong(Long::longValue).sum();
    boolean first = points.timeNanos() == 0;
    double grown = points.increase(point, (double) total);
    if (grown < 0) {
      return;
    }
    long before = counts.stream().mapToLong(Long::longValue).sum();
    boolean continues =
        !point.getDelta()
            && !first
            && point.getExplicitBoundList().equals(bounds)
            && Math.round(grown) == total - before;
    increase.clear();
    for (int i = 0; i < now.size() && (point.getDelta() || !first); i++) {
      long more = continues ? now.get(i) - counts.get(i) : now.get(i);
      if (more > 0) {
        increase.merge(upperBound(point, i), more, Long::sum);
      }
    }
    if (!point.getDelta()) {
      bounds = List.copyOf(point.getExplicitBoundList());
      counts = List.copyOf(now);
    }
  }

  private static double upperBound(RuntimePoint point, int bucket) {
    return bucket < point.getExplicitBoundCount()
        ? point.getExplicitBound(bucket)
        : Double.POSITIVE_INFINITY;
  }

  /** Adds the latest increase to {@code sum}, by upper bound. */
  void addTo(Map<Double, Long> sum) {
    increase.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
  }

  LatencyRecord encode() {
    LatencyRecord.Builder record =
        LatencyRecord.newBuilder()
            .setPoints(points.encode())
            .addAllBound(bounds)
            .addAllCount(counts);
    increase.forEach((bound, more) -> record.addIncreaseBound(bound).addIncrease(more));
    return record.build();
  }

  static LatencyBuckets decode(LatencyRecord record) {
    LatencyBuckets buckets = new LatencyBuckets();
    buckets.points = RuntimeCounter.decode(record.getPoints());
    buckets.bounds = record.getBoundList();
    buckets.counts = record.getCountList();
    for (int i = 0; i < record.getIncreaseCount(); i++) {
      buckets.increase.put(record.getIncreaseBound(i), record.getIncrease(i));
    }
    return buckets;
  }
}
