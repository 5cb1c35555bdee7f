// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sketch;
import org.jspecify.annotations.Nullable;

/** P50, P95 and P99 of durations in nanoseconds, each within 0.79 %. */
public record Quantiles(double p50Nanos, double p95Nanos, double p99Nanos) {
  /** Null without durations. */
  static @Nullable Quantiles of(Sketch sketch) {
    return sketch.total() == 0
        ? null
        : new Quantiles(sketch.quantile(0.50), sketch.quantile(0.95), sketch.quantile(0.99));
  }
}
