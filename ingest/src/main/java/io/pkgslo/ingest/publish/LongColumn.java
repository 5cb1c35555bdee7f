// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import java.util.Arrays;

/** Growing column of longs that keeps its array. Mutable, single-threaded. */
final class LongColumn {
  private static final int FIRST_CAPACITY = 256;

  private long[] values = new long[FIRST_CAPACITY];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** The array itself; stale after the next {@link #add}. */
  long[] values() {
    return values;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
