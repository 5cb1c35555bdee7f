// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * Bounds of init durations in the exposition: 1 ms x 2^0 .. 2^12, with the default objective's 120
 * ms among them, and +Inf.
 */
public final class InitBuckets {
  private static final long[] BOUND_NANOS = bounds();

  /** Buckets, the last without an upper bound. */
  public static final int COUNT = BOUND_NANOS.length + 1;

  private InitBuckets() {}

  /** Upper bound of bucket {@code index}, inclusive; of the last one {@code Long.MAX_VALUE}. */
  public static long upperBoundNanos(int index) {
    return index >= COUNT - 1 ? Long.MAX_VALUE : BOUND_NANOS[index];
  }

  static int indexOf(long durationNanos) {
    int index = 0;
    while (index < BOUND_NANOS.length && durationNanos > BOUND_NANOS[index]) {
      index++;
    }
    return index;
  }

  private static long[] bounds() {
    long[] bounds = new long[14];
    int next = 0;
    for (int doubling = 0; doubling <= 12; doubling++) {
      if (doubling == 7) {
        bounds[next++] = 120_000_000L;
      }
      bounds[next++] = 1_000_000L << doubling;
    }
    return bounds;
  }
}
