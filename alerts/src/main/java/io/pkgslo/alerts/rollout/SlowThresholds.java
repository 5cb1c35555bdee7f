// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.model.DurationBuckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Thresholds of slow calls, all of them bounds of duration buckets, so that counts are exact. They
 * are chosen once, when a rollout opens: the objectives' own, and the bounds above the baseline's
 * P50, P90 and P99 of the last hours, the last also for the time in which no child ran.
 */
final class SlowThresholds {
  /** Fewer calls say nothing about a P99. */
  private static final long MIN_CALLS = 200;

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  private SlowThresholds() {}

  static List<Sli> choose(PackageSums baseline, List<Duration> objectives) {
    TreeSet<Integer> indexes = new TreeSet<>(quantiles(baseline.durations()));
    for (Duration objective : objectives) {
      indexes.add(bounded(DurationBuckets.indexOf(objective.toNanos())));
    }
    List<Sli> slis = new ArrayList<>();
    indexes.forEach(index -> slis.add(Sli.slow(name(index))));
    quantiles(baseline.ownDurations()).forEach(index -> slis.add(Sli.slowOwn(name(index))));
    return slis;
  }

  private static Set<Integer> quantiles(List<Long> durations) {
    TreeSet<Integer> indexes = new TreeSet<>();
    if (calls(durations) >= MIN_CALLS) {
      for (double quantile : QUANTILES) {
        indexes.add(bounded(bucketOf(quantile, durations)));
      }
    }
    return indexes;
  }

  /** Calls that are slower than the threshold that {@code sli} names. */
  static long slower(Sli sli, PackageSums sums) {
    List<Long> durations = durations(sli, sums);
    long slower = 0;
    for (int i = indexOf(sli) + 1; i < DurationBuckets.COUNT; i++) {
      slower += durations.get(i);
    }
    return slower;
  }

  /** Calls whose duration is known. */
  static long timed(Sli sli, PackageSums sums) {
    return calls(durations(sli, sums));
  }

  /** How calls slower than the threshold that {@code sli} names cluster on processes. */
  static double phi(Sli sli, PackageSums sums) {
    SlowClusters clusters = sli.ofOwnTime() ? sums.ownSlowClusters() : sums.slowClusters();
    return clusters.phi(indexOf(sli));
  }

  private static List<Long> durations(Sli sli, PackageSums sums) {
    return sli.ofOwnTime() ? sums.ownDurations() : sums.durations();
  }

  private static long calls(List<Long> durations) {
    return durations.stream().mapToLong(Long::longValue).sum();
  }

  private static int bucketOf(double quantile, List<Long> durations) {
    double rank = quantile * calls(durations);
    long seen = 0;
    for (int i = 0; i < DurationBuckets.COUNT; i++) {
      seen += durations.get(i);
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

  private static int indexOf(Sli sli) {
    for (int i = 0; i < DurationBuckets.COUNT - 1; i++) {
      if (name(i).equals(sli.threshold())) {
        return i;
      }
    }
    throw new IllegalArgumentException(sli.qualifier() + " is not the bound of a bucket");
  }

  private static String name(int index) {
    return TimeUnit.NANOSECONDS.toMillis(DurationBuckets.upperBoundNanos(index)) + "ms";
  }
}
