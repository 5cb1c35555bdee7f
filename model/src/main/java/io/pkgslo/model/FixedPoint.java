// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Sums of adjusted counts as integers of 2^-20 per unit, so that neither the order of additions nor
 * a replay changes a sum. Each item is rounded once, half to even.
 */
public final class FixedPoint {
  /** One whole item. */
  public static final long ONE = 1L << 20;

  private FixedPoint() {}

  /** Units of {@code count} items; {@code count} must be finite and not negative. */
  public static long of(double count) {
    if (!(count >= 0) || Double.isInfinite(count)) {
      throw new IllegalArgumentException("count must be finite and >= 0, was " + count);
    }
    return (long) Math.rint(count * ONE);
  }

  /** The exact value of {@code units}, in items. */
  public static double toDouble(long units) {
    return (double) units / ONE;
  }

  /**
   * Adds to a sum that only grows. One that has no room left begins again with {@code amount}, as a
   * counter does that was restarted: rates over it stay right, and it never is negative.
   *
   * @param total not negative, likewise {@code amount}
   */
  public static long addToTotal(long total, long amount) {
    long sum = total + amount;
    return sum < 0 ? amount : sum;
  }

  /** A sum of amounts that are not negative, or the most there is when it had no room. */
  public static long atMost(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Whole items, half to even: for outputs that speak of items. */
  public static long toItems(long units) {
    return BigDecimal.valueOf(units)
        .divide(BigDecimal.valueOf(ONE), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
