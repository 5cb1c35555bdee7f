// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.DurationBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * How slow calls cluster on single processes, by threshold: within each minute, the slow calls of a
 * process against what its share of all calls lets expect (Pearson's statistic by its degrees of
 * freedom), each minute weighing as many slow calls as it has. Load that swings for all, and
 * processes that get more calls than others, are no clustering. An index is that of the duration
 * bucket whose upper bound is the threshold; behind the end of the lists nothing was slow.
 *
 * @param events slow calls of the minutes in which several processes had calls
 * @param weighted sum over these minutes of slow calls times the overdispersion of the minute
 */
record SlowClusters(List<Double> events, List<Double> weighted) {
  static final SlowClusters NONE = new SlowClusters(List.of(), List.of());

  /** Digits that are kept: the sums are stored for every package, and phi is an estimate. */
  private static final double PRECISION = 100;

  SlowClusters {
    events = List.copyOf(events);
    weighted = List.copyOf(weighted);
  }

  /**
   * One minute.
   *
   * @param processes calls per duration bucket of each process; a short list ends with zeros
   */
  static SlowClusters of(List<List<Long>> processes) {
    List<Double> events = new ArrayList<>();
    List<Double> weighted = new ArrayList<>();
    double[] calls = new double[processes.size()];
    int busy = 0;
    for (int i = 0; i < calls.length; i++) {
      calls[i] = slower(processes.get(i), -1);
      busy += calls[i] > 0 ? 1 : 0;
    }
    for (int bound = 0; busy > 1 && bound < DurationBuckets.COUNT - 1; bound++) {
      double[] slow = new double[calls.length];
      for (int i = 0; i < slow.length; i++) {
        slow[i] = slower(processes.get(i), bound);
      }
      double all = sum(slow);
      if (all == 0) {
        break;
      }
      events.add(all);
      weighted.add(rounded(all * pearson(slow, calls) / (busy - 1)));
    }
    return new SlowClusters(events, weighted);
  }

  private static double pearson(double[] slow, double[] calls) {
    double share = sum(slow) / sum(calls);
    double statistic = 0;
    for (int i = 0; i < slow.length; i++) {
      double expected = calls[i] * share;
      double deviation = slow[i] - expected;
      statistic += expected > 0 ? deviation * deviation / expected : 0;
    }
    return statistic;
  }

  /** Calls in the buckets behind {@code bound}. */
  private static long slower(List<Long> counts, int bound) {
    long slower = 0;
    for (int i = bound + 1; i < counts.size(); i++) {
      slower += counts.get(i);
    }
    return slower;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double rounded(double value) {
    return Math.rint(value * PRECISION) / PRECISION;
  }

  SlowClusters plus(SlowClusters other) {
    return new SlowClusters(plus(events, other.events), plus(weighted, other.weighted));
  }

  private static List<Double> plus(List<Double> one, List<Double> other) {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      sums.add(rounded(at(one, i) + at(other, i)));
    }
    return sums;
  }

  private static double at(List<Double> values, int index) {
    return index < values.size() ? values.get(index) : 0;
  }

  /** The overdispersion of the calls slower than a bucket's bound, at least 1. */
  double phi(int bound) {
    double slow = at(events, bound);
    return slow == 0 ? 1 : Math.max(1, at(weighted, bound) / slow);
  }
}
