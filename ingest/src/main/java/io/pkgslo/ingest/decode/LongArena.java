// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.Arrays;

/**
 * A growable array of longs that is filled for one record and then used again. Mutable and
 * single-threaded. What a huge record made it grow to is given back at the next {@link #reset()}.
 */
final class LongArena {
  private static final int INITIAL_CELLS = 1 << 10;
  private static final int RETAINED_CELLS = 1 << 19;

  private long[] cells = new long[INITIAL_CELLS];
  private int size;

  void reset() {
    size = 0;
    if (cells.length > RETAINED_CELLS) {
      cells = new long[INITIAL_CELLS];
    }
  }

  int size() {
    return size;
  }

  /** Appends {@code count} cells, all 0, and returns the index of the first. */
  int reserve(int count) {
    int first = size;
    ensure(count);
    Arrays.fill(cells, first, first + count, 0L);
    size = first + count;
    return first;
  }

  void add(long value) {
    ensure(1);
    cells[size++] = value;
  }

  /** Appends three cells. */
  void add(long first, long second, long third) {
    ensure(3);
    int at = size;
    cells[at] = first;
    cells[at + 1] = second;
    cells[at + 2] = third;
    size = at + 3;
  }

  void truncate(int newSize) {
    size = newSize;
  }

  private void ensure(int count) {
    if (count > cells.length - size) {
      cells = Arrays.copyOf(cells, Math.max(size + count, cells.length + (cells.length >> 1)));
    }
  }

  long get(int index) {
    return cells[index];
  }

  void set(int index, long value) {
    cells[index] = value;
  }

  /** The cells themselves; stale after the next growth. */
  long[] cells() {
    return cells;
  }
}
