// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Arrays;

/** A few numbers that do not change. Equal when all of them are; thread-safe. */
public final class Counts {
  private final long[] values;

  private Counts(long[] values) {
    this.values = values;
  }

  /** A copy of {@code values}. */
  public static Counts of(long[] values) {
    return new Counts(values.clone());
  }

  /** As many zeros as {@code values} has, which are shared, when it has nothing else. */
  static Counts mostlyNone(long[] values, Counts none) {
    for (long value : values) {
      if (value != 0) {
        return of(values);
      }
    }
    return none;
  }

  /**
   * One of them.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public long get(int index) {
    return values[index];
  }

  /** All of them together. */
  public long sum() {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts counts && Arrays.equals(values, counts.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
