// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Mutable, single-threaded: a set of numbers, sorted, that has a handful of elements nearly always
 * and takes no room without any.
 */
final class FewLongs {
  private static final long[] NONE = {};

  private long[] values = NONE;
  private int size;

  void add(long value) {
    int position = Arrays.binarySearch(values, 0, size, value);
    if (position >= 0) {
      return;
    }
    position = -position - 1;
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(4, size * 2));
    }
    System.arraycopy(values, position, values, position + 1, size - position);
    values[position] = value;
    size++;
  }

  void removeIf(LongPredicate gone) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!gone.test(values[i])) {
        values[kept++] = values[i];
      }
    }
    size = kept;
  }

  /** In ascending order. */
  void forEach(LongConsumer consumer) {
    for (int i = 0; i < size; i++) {
      consumer.accept(values[i]);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    values = NONE;
    size = 0;
  }
}
