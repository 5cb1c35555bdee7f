// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long goroutines that could run waited for a processor, over all processes and their latest
 * export interval, in seconds. Within a bucket waits are taken as spread evenly.
 */
public record Waits(double p50, double p95, double p99) {
  /**
   * @param countByBound by upper bound, ascending
   */
  static @Nullable Waits of(Map<Double, Long> countByBound) {
    long total = countByBound.values().stream().mapToLong(Long::longValue).sum();
    return total == 0
        ? null
        : new Waits(
            at(countByBound, 0.5 * total),
            at(countByBound, 0.95 * total),
            at(countByBound, 0.99 * total));
  }

  private static double at(Map<Double, Long> countByBound, double rank) {
    double lower = 0;
    double seen = 0;
    for (Map.Entry<Double, Long> bucket : countByBound.entrySet()) {
      double upper = bucket.getKey();
      if (seen + bucket.getValue() >= rank) {
        return Double.isFinite(upper) && Double.isFinite(lower)
            ? lower + (upper - lower) * (rank - seen) / bucket.getValue()
            : Double.isFinite(upper) ? upper : lower;
      }
      seen += bucket.getValue();
      lower = upper;
    }
    return lower;
  }
}
