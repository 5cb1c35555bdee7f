// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * Times of arrival in whole seconds since 2020, which fit a positive {@code int} and so halve what
 * an index costs per entry. 0 is never a time.
 */
final class EpochSeconds {
  private static final long OFFSET = 1_577_836_800L;

  private EpochSeconds() {}

  /** The second of {@code millis}, at least 1. */
  static int of(long millis) {
    long seconds = Math.floorDiv(millis, 1000L) - OFFSET;
    return (int) Math.max(1, Math.min(seconds, Integer.MAX_VALUE - 1));
  }
}
