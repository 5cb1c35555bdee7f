// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.List;

/**
 * The thresholds at which calls are counted exactly, while their durations are still exact: those
 * of the latency objectives. Immutable.
 */
public final class LatencyBounds {
  public static final LatencyBounds NONE = new LatencyBounds(List.of());

  private final List<Long> nanos;
  private final long[] ascending;

  /**
   * @param nanos ascending, without repetition
   */
  public LatencyBounds(List<Long> nanos) {
    this.nanos = List.copyOf(nanos);
    this.ascending = nanos.stream().mapToLong(Long::longValue).toArray();
  }

  List<Long> nanos() {
    return nanos;
  }

  int size() {
    return ascending.length;
  }

  /** How many of the thresholds a duration is strictly above: the first so many. */
  int below(long durationNanos) {
    int below = 0;
    while (below < ascending.length && durationNanos > ascending[below]) {
      below++;
    }
    return below;
  }
}
