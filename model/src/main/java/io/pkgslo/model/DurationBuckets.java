// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/**
 * Default bounds of call durations: 1 ms x 2^0 .. 2^11, and +Inf. A call lies in the first bucket
 * whose bound it does not exceed, so "slower than a bound" is exact.
 */
public final class DurationBuckets {
  /** Buckets, the last without an upper bound. */
  public static final int COUNT = 13;

  private static final long FIRST_BOUND_NANOS = 1_000_000L;

  private DurationBuckets() {}

  /** Upper bound of bucket {@code index}, inclusive; of the last one {@code Long.MAX_VALUE}. */
  public static long upperBoundNanos(int index) {
    return index >= COUNT - 1 ? Long.MAX_VALUE : FIRST_BOUND_NANOS << index;
  }

  /** True for an upper bound of some bucket but the last. */
  public static boolean isBound(long nanos) {
    int bucket = indexOf(nanos);
    return bucket < COUNT - 1 && upperBoundNanos(bucket) == nanos;
  }

  /** Index of the bucket of {@code durationNanos}, 0 to {@code COUNT - 1}. */
  public static int indexOf(long durationNanos) {
    if (durationNanos <= FIRST_BOUND_NANOS) {
      return 0;
    }
    int doublings = 64 - Long.numberOfLeadingZeros((durationNanos - 1) / FIRST_BOUND_NANOS);
    return Math.min(doublings, COUNT - 1);
  }

  /** How many of some counts per bucket are left when the zeros at their end are left out. */
  public static int used(long[] counts) {
    int used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    return used;
  }
}
