// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.util.List;

/**
 * Bounds of the histograms of all objectives over one metric that name none of their own.
 *
 * @param calls of durations of calls; empty for no histogram
 * @param inits of durations of inits, likewise
 */
public record MetricBuckets(List<Duration> calls, List<Duration> inits) {
  public static final MetricBuckets NONE = new MetricBuckets(List.of(), List.of());

  public MetricBuckets {
    calls = List.copyOf(calls);
    inits = List.copyOf(inits);
  }

  /** {@code sli} with the bounds of its metric, where it can have a histogram and has none. */
  PackageSli of(PackageSli sli) {
    DurationBounds own = sli.durations();
    List<Duration> bounds = sli.sli() == Slo.Sli.INIT_LATENCY ? inits : calls;
    return !sli.sli().isLatency() || sli.isSelected() || !own.buckets().isEmpty()
        ? sli
        : sli.withDurations(new DurationBounds(bounds, own.breaches()));
  }
}
