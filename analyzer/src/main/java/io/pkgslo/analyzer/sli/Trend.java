// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.TrendRecord;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: the least value of one gauge of one process in each 5 min of the last
 * hour, and whether these grow. The least of a slot leaves out what a garbage collection or the end
 * of a request takes back (reference: go-telemetry.md 5.3).
 */
final class Trend {
  private static final long SLOT_MILLIS = 300_000;
  private static final int SLOTS = 12;

  /** A trend needs half an hour. */
  private static final int MIN_SLOTS = 6;

  private static final double SLOTS_PER_HOUR = 3_600_000.0 / SLOT_MILLIS;

  private final TreeMap<Integer, Double> least = new TreeMap<>();

  void add(long epochMillis, double value) {
    int slot = Math.toIntExact(Math.floorDiv(epochMillis, SLOT_MILLIS));
    least.merge(slot, value, Math::min);
    while (least.lastKey() - least.firstKey() >= SLOTS) {
      least.pollFirstEntry();
    }
  }

  boolean isKnown() {
    return least.size() >= MIN_SLOTS;
  }

  /** Median of the slopes between all pairs of slots (Theil and Sen), per hour. */
  double slopePerHour() {
    int n = least.size();
    double[] slopes = new double[n * (n - 1) / 2];
    int next = 0;
    for (Map.Entry<Integer, Double> a : least.entrySet()) {
      for (Map.Entry<Integer, Double> b : least.tailMap(a.getKey(), false).entrySet()) {
        slopes[next++] = (b.getValue() - a.getValue()) / (b.getKey() - a.getKey());
      }
    }
    Arrays.sort(slopes);
    double middle = (slopes[(slopes.length - 1) / 2] + slopes[slopes.length / 2]) / 2;
    return middle * SLOTS_PER_HOUR;
  }

  /** Rises less falls over all pairs of slots (Mann and Kendall's S). */
  int rises() {
    int rises = 0;
    for (Map.Entry<Integer, Double> a : least.entrySet()) {
      for (double later : least.tailMap(a.getKey(), false).values()) {
        rises += Double.compare(later, a.getValue());
      }
    }
    return rises;
  }

  /** Variance of {@link #rises} if there is no trend; ties make it less. */
  double variance() {
    Map<Double, Integer> ties = new TreeMap<>();
    least.values().forEach(value -> ties.merge(value, 1, Integer::sum));
    double variance = term(least.size());
    for (int tied : ties.values()) {
      variance -= term(tied);
    }
    return variance / 18;
  }

  private static double term(int n) {
    return (double) n * (n - 1) * (2 * n + 5);
  }

  TrendRecord encode() {
    TrendRecord.Builder record = TrendRecord.newBuilder();
    least.forEach((slot, value) -> record.addSlot(slot).addLeast(value));
    return record.build();
  }

  static Trend decode(TrendRecord record) {
    Trend trend = new Trend();
    for (int i = 0; i < record.getSlotCount(); i++) {
      trend.least.put(record.getSlot(i), record.getLeast(i));
    }
    return trend;
  }
}
