// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.util.Arrays;
import java.util.Locale;

/** Exact percentiles of durations; thread-safe, 8 bytes each. */
public final class Percentiles {
  private long[] micros = new long[1024];
  private int count;

  /** Adds one. */
  public synchronized void add(long durationMicros) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = durationMicros;
  }

  synchronized int count() {
    return count;
  }

  /** In milliseconds; 0 of nothing. */
  synchronized double millis(double quantile) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(quantile * count);
    return sorted[Math.max(0, rank - 1)] / 1000.0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d: P50 %.1f ms, P90 %.1f ms, P99 %.1f ms, max %.1f ms",
        count(),
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(1));
  }
}
