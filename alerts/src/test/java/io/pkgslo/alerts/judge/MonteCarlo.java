// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Arrays;

/** Honest bounds of simulated shares: exact one-sided 99 % bounds by Clopper and Pearson. */
final class MonteCarlo {

  private static final double ERROR = 0.01;

  private MonteCarlo() {}

  /** The largest share that still explains so few hits in that many runs. */
  static double upperBound(long hits, long runs) {
    if (hits >= runs) {
      return 1;
    }
    double low = (double) hits / runs;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (atMost(hits, runs, middle) > ERROR) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The smallest share that still explains so many hits in that many runs. */
  static double lowerBound(long hits, long runs) {
    return 1 - upperBound(runs - hits, runs);
  }

  /** P(Binomial(runs, p) at most hits), summed from the top term down. */
  private static double atMost(long hits, long runs, double p) {
    double logTerm = runs * Math.log1p(-p);
    double logOdds = Math.log(p) - Math.log1p(-p);
    double[] logs = new double[(int) hits + 1];
    for (int k = 0; k <= hits; k++) {
      logs[k] = logTerm;
      logTerm += Math.log((double) (runs - k)) - Math.log(k + 1.0) + logOdds;
    }
    double max = Arrays.stream(logs).max().orElse(0);
    return Math.exp(max) * Arrays.stream(logs).map(log -> Math.exp(log - max)).sum();
  }

  /**
   * What a simulation found.
   *
   * @param runs simulated rollouts
   * @param minutes of those that were rolled back, the minute of it, sorted
   */
  record Found(int runs, int[] minutes) {

    /** An upper bound of the share of rollouts that are rolled back. */
    double atMost() {
      return upperBound(minutes.length, runs);
    }

    /** A lower bound of the share of rollouts that are rolled back. */
    double atLeast() {
      return lowerBound(minutes.length, runs);
    }

    /** A lower bound of the share, of those rolled back, that is so by this minute. */
    double soonerShare(int minute) {
      long sooner = Arrays.stream(minutes).filter(value -> value <= minute).count();
      return lowerBound(sooner, minutes.length);
    }

    int median() {
      return minutes.length == 0 ? -1 : minutes[(minutes.length - 1) / 2];
    }

    @Override
    public String toString() {
      return "rolled back %d of %d (%.2f %%), median minute %d"
          .formatted(minutes.length, runs, 100.0 * minutes.length / runs, median());
    }
  }
}
