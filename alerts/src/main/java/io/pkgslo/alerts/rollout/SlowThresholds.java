// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.model.DurationBuckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Thresholds of slow calls, all of them bounds of duration buckets, so that counts are exact. They
 * are chosen once, when a rollout opens: the objectives' own, and the bounds above the baseline's
 * P50, P90 and P99 of the last hours.
 */
final class SlowThresholds {
  /** Fewer calls say nothing about a P99. */
  private static final long MIN_CALLS = 200;

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  private SlowThresholds() {}

  static List<Sli> choose(PackageSums baseline, List<Duration> objectives) {
    TreeSet<Integer> indexes = new TreeSet<>();
    for (Duration objective : objectives) {
      indexes.add(bounded(DurationBuckets.indexOf(objective.toNanos())));
    }
    if (baseline.timedCalls() >= MIN_CALLS) {
      for (double quantile : QUANTILES) {
        indexes.add(bounded(bucketOf(quantile, baseline)));
      }
    }
    List<Sli> slis = new ArrayList<>();
    indexes.forEach(index -> slis.add(Sli.slow(name(index))));
    return slis;
  }

  /** Calls that are slower than the threshold that {@code sli} names. */
  static long slower(Sli sli, List<Long> durations) {
    long slower = 0;
    for (int i = DurationBuckets.COUNT - 1; i >= 0; i--) {
      if (name(i).equals(sli.qualifier())) {
        return slower;
      }
      slower += durations.get(i);
    }
    throw new IllegalArgumentException(sli.qualifier() + " is not the bound of a bucket");
  }

  private static int bucketOf(double quantile, PackageSums sums) {
    double rank = quantile * sums.timedCalls();
    long seen = 0;
    for (int i = 0; i < DurationBuckets.COUNT; i++) {
      seen += sums.durations().get(i);
      if (seen >= rank) {
        return i;
      }
    }
    return DurationBuckets.COUNT - 1;
  }

  /** The last bucket has no bound. */
  private static int bounded(int index) {
    return Math.min(index, DurationBuckets.COUNT - 2);
  }

  private static String name(int index) {
    return TimeUnit.NANOSECONDS.toMillis(DurationBuckets.upperBoundNanos(index)) + "ms";
  }
}
