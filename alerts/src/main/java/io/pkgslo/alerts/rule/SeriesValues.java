// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of a series, one per minute, in the notation of promtool's tests. */
final class SeriesValues {
  /** A sample that ends a series, so that nobody looks back to the one before. */
  static final double STALE = Double.NEGATIVE_INFINITY;

  private SeriesValues() {}

  /** A counter: what grows evenly is one term. */
  static String of(long[] values) {
    List<String> terms = new ArrayList<>();
    int start = 0;
    while (start < values.length) {
      long delta = start + 1 < values.length ? values[start + 1] - values[start] : 0;
      int end = start + 1;
      while (end < values.length && values[end] - values[end - 1] == delta) {
        end++;
      }
      terms.add(
          end - start == 1
              ? Long.toString(values[start])
              : values[start] + "+" + delta + "x" + (end - start - 1));
      start = end;
    }
    return String.join(" ", terms);
  }

  /** A gauge: null where there is no sample, {@link #STALE} where the series ends. */
  static String of(@Nullable Double[] values) {
    List<String> terms = new ArrayList<>();
    int start = 0;
    while (start < values.length) {
      int end = start + 1;
      while (end < values.length && Objects.equals(values[end], values[start])) {
        end++;
      }
      terms.add(term(values[start], end - start));
      start = end;
    }
    return String.join(" ", terms);
  }

  /** The same value at each of {@code minutes} + 1 minutes. */
  static String constant(long value, int minutes) {
    long[] values = new long[minutes + 1];
    Arrays.fill(values, value);
    return of(values);
  }

  private static String term(@Nullable Double value, int count) {
    if (value == null) {
      return count == 1 ? "_" : "_x" + count;
    }
    if (value == STALE) {
      return String.join(" ", Collections.nCopies(count, "stale"));
    }
    // Not Double.toString, whose digits are not the same in all JDKs.
    String text = new BigDecimal(NumberOutput.toString(value, true)).toPlainString();
    return count == 1 ? text : text + "x" + (count - 1);
  }
}
