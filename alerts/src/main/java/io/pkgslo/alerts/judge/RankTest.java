// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Arrays;
import java.util.List;

/**
 * The exact one-sided permutation test of the rank sum: how often would a random split of all
 * values give the canary ranks as high as it has? Ties get the mean of their ranks.
 *
 * <p>The distribution is counted, not approximated, over all splits: cost is canary size x number
 * of values x rank sum, some 10^8 steps at the sizes that {@link InitControl} and {@link
 * InitEvidence} allow.
 */
final class RankTest {

  private RankTest() {}

  /**
   * The probability, when both samples come from one distribution, of a canary rank sum at least as
   * high as the one seen. In (0, 1]; 1 when a sample is empty.
   */
  static double upperTail(List<Double> canary, List<Double> baseline) {
    int m = canary.size();
    int n = m + baseline.size();
    if (m == 0 || baseline.isEmpty()) {
      return 1;
    }
    double[] all = new double[n];
    for (int i = 0; i < m; i++) {
      all[i] = canary.get(i);
    }
    for (int i = m; i < n; i++) {
      all[i] = baseline.get(i - m);
    }
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    int observed = 0;
    for (int i = 0; i < m; i++) {
      observed += doubledRank(sorted, all[i]);
    }
    int[] ranks = new int[n];
    for (int i = 0; i < n; i++) {
      ranks[i] = doubledRank(sorted, sorted[i]);
    }
    return tail(ranks, m, observed);
  }

  /** Twice the mid-rank, so that ranks of ties stay whole numbers. */
  private static int doubledRank(double[] sorted, double value) {
    int first = lowerBound(sorted, value);
    int end = first;
    while (end < sorted.length && sorted[end] == value) {
      end++;
    }
    return first + end + 1;
  }

  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * P(sum of m ranks drawn without replacement &gt;= observed). chosen[k][s] is the probability
   * that sequential drawing has taken k of the values so far with sum s; a value is taken with
   * probability (still wanted) / (still there), so nothing overflows and no binomial coefficient is
   * needed.
   */
  private static double tail(int[] ranks, int m, int observed) {
    int n = ranks.length;
    int maxSum = 0;
    for (int i = n - m; i < n; i++) {
      maxSum += ranks[i];
    }
    double[][] chosen = new double[m + 1][maxSum + 1];
    chosen[0][0] = 1;
    for (int i = 0; i < n; i++) {
      int left = n - i;
      for (int k = Math.min(m, i + 1); k >= 0; k--) {
        double stay = 1 - (double) (m - k) / left;
        double take = k == 0 ? 0 : (double) (m - k + 1) / left;
        advance(chosen, k, ranks[i], stay, take);
      }
    }
    double tail = 0;
    for (int s = maxSum; s >= observed; s--) {
      tail += chosen[m][s];
    }
    return Math.min(1, tail);
  }

  private static void advance(double[][] chosen, int k, int rank, double stay, double take) {
    double[] row = chosen[k];
    double[] from = k == 0 ? row : chosen[k - 1];
    for (int s = row.length - 1; s >= 0; s--) {
      double kept = Math.max(0, stay) * row[s];
      row[s] = take > 0 && s >= rank ? kept + take * from[s - rank] : kept;
    }
  }
}
