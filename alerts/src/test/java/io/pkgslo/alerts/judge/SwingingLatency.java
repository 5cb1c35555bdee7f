// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Call durations that follow a load which both arms share: log-normal around a median that swings
 * by the hour and walks by the minute. Slow calls are counted at the objective's threshold and at
 * the buckets of the baseline's P50, P90 and P99 of the hour before.
 */
final class SwingingLatency implements Simulation.Rollout {

  private static final double CALLS_PER_MINUTE = 2_000;
  private static final double CANARY_SHARE = 0.1;
  private static final double MEDIAN_MILLIS = 40;
  private static final double SIGMA = 0.6;
  private static final double OBJECTIVE_MILLIS = 250;

  /** z of P50, P90 and P99 of a normal distribution. */
  private static final double[] QUANTILES = {0, 1.2816, 2.3263};

  private final Draws draws;
  private final double slowdown;
  private final double slowPods;
  private final double slowPodFactor;
  private final double phase;
  private double walk;

  /**
   * @param slowdown every canary call takes this many times as long
   * @param slowPods part of the canary's pods that are slower still
   * @param slowPodFactor how many times
   */
  SwingingLatency(Draws draws, double slowdown, double slowPods, double slowPodFactor) {
    this.draws = draws;
    this.slowdown = slowdown;
    this.slowPods = slowPods;
    this.slowPodFactor = slowPodFactor;
    this.phase = 2 * Math.PI * draws.uniform();
  }

  /** The thresholds, on the default bucket bounds of 1 ms x 2^k beside the objective's own. */
  static Sli[] thresholds() {
    List<Sli> result = new ArrayList<>();
    for (double millis : thresholdMillis()) {
      result.add(Sli.slow((int) millis + "ms"));
    }
    return result.toArray(Sli[]::new);
  }

  private static List<Double> thresholdMillis() {
    List<Double> result = new ArrayList<>();
    for (double z : QUANTILES) {
      double quantile = MEDIAN_MILLIS * Math.exp(SIGMA * z);
      result.add(Math.scalb(1.0, (int) Math.rint(Math.log(quantile) / Math.log(2))));
    }
    result.add(OBJECTIVE_MILLIS);
    return result;
  }

  @Override
  public List<SeriesLook> minute(int minute) {
    walk = 0.9 * walk + 0.15 * draws.gaussian();
    double load = Math.exp(0.4 * Math.sin(phase + minute * 2 * Math.PI / 30) + walk);
    Load.Minute calls = Load.minute(draws, (int) (CALLS_PER_MINUTE * load), CANARY_SHARE);
    double median = MEDIAN_MILLIS * load;
    int slowCalls = draws.binomial(calls.canaryCalls(), slowPods);
    int[] canary = slower(calls.canaryCalls() - slowCalls, median * slowdown);
    int[] onSlowPods = slower(slowCalls, median * slowdown * slowPodFactor);
    int[] baseline = slower(calls.baselineCalls(), median);
    List<SeriesLook> looks = new ArrayList<>();
    Sli[] slis = thresholds();
    for (int i = 0; i < slis.length; i++) {
      Counts counts =
          Counts.of(
              canary[i] + onSlowPods[i], calls.canaryCalls(), baseline[i], calls.baselineCalls());
      looks.add(new SeriesLook(new SeriesKey(Simulation.PACKAGE, slis[i]), counts));
    }
    return looks;
  }

  /** How many of n calls are slower than each threshold; the thresholds rise. */
  private int[] slower(int n, double median) {
    List<Double> thresholds = thresholdMillis();
    int[] result = new int[thresholds.size()];
    int left = n;
    double before = 1;
    for (int i = 0; i < result.length; i++) {
      double share = upperTail(Math.log(thresholds.get(i) / median) / SIGMA);
      left = draws.binomial(left, before == 0 ? 0 : Math.min(1, share / before));
      before = share;
      result[i] = left;
    }
    return result;
  }

  /** P(standard normal &gt; z) by Abramowitz and Stegun 26.2.17, exact to 1e-7. */
  private static double upperTail(double z) {
    if (z < 0) {
      return 1 - upperTail(-z);
    }
    double t = 1 / (1 + 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  }
}
