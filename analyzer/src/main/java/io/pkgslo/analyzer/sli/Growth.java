// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gauge grows, over all processes.
 *
 * @param perHour median of the processes' slopes
 * @param confidence probability that less of a rise than this would be seen if nothing grew, 0 to
 *     1: near 1 it grows, near 0 it falls
 */
public record Growth(double perHour, double confidence) {
  /** Null while no process was seen for half an hour. */
  static @Nullable Growth of(List<Trend> trends) {
    List<Trend> known = trends.stream().filter(Trend::isKnown).toList();
    if (known.isEmpty()) {
      return null;
    }
    double[] slopes = known.stream().mapToDouble(Trend::slopePerHour).sorted().toArray();
    // Each process is a test of its own; their statistics add up (Hirsch's regional Kendall test).
    int rises = known.stream().mapToInt(Trend::rises).sum();
    double variance = known.stream().mapToDouble(Trend::variance).sum();
    return new Growth(median(slopes), variance == 0 ? 0.5 : normal(continuous(rises, variance)));
  }

  private static double continuous(int rises, double variance) {
    return (rises - Integer.signum(rises)) / Math.sqrt(variance);
  }

  private static double median(double[] sorted) {
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return Arrays.stream(middle).average().orElseThrow();
  }

  /** The normal distribution, within 7.5e-8 (Abramowitz and Stegun, 26.2.17). */
  private static double normal(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    return z >= 0 ? 1 - tail : tail;
  }
}
