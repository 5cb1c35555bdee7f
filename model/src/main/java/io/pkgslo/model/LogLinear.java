// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/**
 * Buckets of a log-linear histogram with 2^6 sub-buckets per power of two: values below 64 have a
 * bucket each, larger ones a bucket whose middle is within 1/128 (0.79 %) of every value in it.
 * Histograms over the same buckets merge by adding counts. The layout is part of the format.
 */
public final class LogLinear {
  private static final int SUB_BITS = 6;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  /** One more than the highest index of a positive long. */
  public static final int BUCKETS = (64 - SUB_BITS) << SUB_BITS;

  private LogLinear() {}

  /** Index of {@code value}; negative values count as 0. */
  public static int indexOf(long value) {
    if (value < SUB_BUCKETS) {
      return (int) Math.max(value, 0);
    }
    int exponent = 63 - Long.numberOfLeadingZeros(value);
    int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
    return ((exponent - SUB_BITS + 1) << SUB_BITS) + sub;
  }

  /** Lowest value of bucket {@code index}. */
  public static long lowerBound(int index) {
    if (index < SUB_BUCKETS) {
      return index;
    }
    int shift = (index >>> SUB_BITS) - 1;
    return (SUB_BUCKETS + (long) (index & (SUB_BUCKETS - 1))) << shift;
  }

  /** The value that stands for bucket {@code index}: its middle. */
  public static double valueOf(int index) {
    if (index < SUB_BUCKETS) {
      return index;
    }
    int shift = (index >>> SUB_BITS) - 1;
    return lowerBound(index) + ((1L << shift) - 1) / 2.0;
  }
}
