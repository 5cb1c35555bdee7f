// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Arrays;
import java.util.List;

/**
 * The fixed mixture over rate ratios that every count e-process bets on, in log space.
 *
 * <p>StrictMath and a fixed order of summation make every result the same bits on every machine,
 * which replay needs.
 */
final class Mixture {

  /** The alternatives: how many times the null's rate. */
  private static final double[] RATIOS = {1.5, 2, 3, 5, 10};

  /** Log wealth of a bet without money: finite, so that a record of it is valid JSON. */
  private static final double NOTHING = -1e6;

  private static final double[] LOG_RATIOS = new double[RATIOS.length];

  static {
    for (int i = 0; i < RATIOS.length; i++) {
      LOG_RATIOS[i] = StrictMath.log(RATIOS[i]);
    }
  }

  private Mixture() {}

  /** The wealth before the first look: every bet at log 1. */
  static List<Double> start() {
    return List.of(0.0, 0.0, 0.0, 0.0, 0.0);
  }

  /**
   * One look further. With p0 the share that the null gives to the tested arm, the factor for ratio
   * r is (p_r / p0)^hits ((1 - p_r) / (1 - p0))^misses, and p_r / p0 = r / (1 + (r - 1) p0), (1 -
   * p_r) / (1 - p0) = 1 / (1 + (r - 1) p0). This form has no cancellation near p0 = 0 or 1.
   *
   * @param hits events in the tested arm
   * @param events events in both arms
   * @param nullShare p0, in (0, 1)
   */
  static List<Double> next(List<Double> logWealth, double hits, double events, double nullShare) {
    Double[] result = new Double[RATIOS.length];
    for (int i = 0; i < RATIOS.length; i++) {
      result[i] = logWealth.get(i) + gain(i, hits, events, nullShare);
    }
    return List.of(result);
  }

  /** The wealth before the first look of a process that may start at any look: nothing invested. */
  static List<Double> startAtAnyLook() {
    Double[] nothing = new Double[RATIOS.length];
    Arrays.fill(nothing, NOTHING);
    return List.of(nothing);
  }

  /**
   * One look further for the mixture over all looks at which the bets may have begun: 1 / (t (t +
   * 1)) of the money enters at look t. It finds a change in the middle of a rollout as fast as one
   * at its start, and is an e-process as well, since the shares sum to 1.
   *
   * @param look t, from 1
   */
  static List<Double> nextFromAnyLook(
      List<Double> logWealth, long look, double hits, double events, double nullShare) {
    double entering = -StrictMath.log((double) look) - StrictMath.log(look + 1.0);
    Double[] result = new Double[RATIOS.length];
    for (int i = 0; i < RATIOS.length; i++) {
      result[i] = logSum(List.of(logWealth.get(i), entering)) + gain(i, hits, events, nullShare);
    }
    return List.of(result);
  }

  private static double gain(int i, double hits, double events, double nullShare) {
    return hits * LOG_RATIOS[i] - events * StrictMath.log1p((RATIOS[i] - 1) * nullShare);
  }

  /** The log of the mean of the wealths. */
  static double logMean(List<Double> logWealth) {
    return logSum(logWealth) - StrictMath.log(logWealth.size());
  }

  /** The log of a sum of exponentials; negative infinity for no terms. */
  static double logSum(List<Double> logTerms) {
    double max = Double.NEGATIVE_INFINITY;
    for (double term : logTerms) {
      max = Math.max(max, term);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double term : logTerms) {
      sum += StrictMath.exp(term - max);
    }
    return max + StrictMath.log(sum);
  }

  /** How many alternatives there are. */
  static int size() {
    return RATIOS.length;
  }

  /** The log wealth of alternative i for a total of hits and the given looks. */
  static double logWealth(int i, double hits, OddsBins looks, OddsBins.NullShare nullShare) {
    return hits * LOG_RATIOS[i]
        - looks.sum(odds -> StrictMath.log1p((RATIOS[i] - 1) * nullShare.at(odds)));
  }
}
