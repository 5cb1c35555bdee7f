// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One gauge over the processes of a service: the median one, the 95th of 100, the greatest. */
public record Spread(double p50, double p95, double max) {
  /** Null without any number. The value at rank {@code ceil(quantile x n)} is taken. */
  static @Nullable Spread of(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0
        ? null
        : new Spread(at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
  }
}
