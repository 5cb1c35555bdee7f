// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Arrays;

/**
 * The slots of a table, those in use in the order in which they were renewed last. Mutable,
 * single-threaded.
 */
final class Slots {
  /** No slot. */
  static final int NONE = -1;

  private int[] older;

  /** Of a slot in use the next younger one, of a free one the next free one. */
  private int[] newer;

  private int oldest = NONE;
  private int newest = NONE;
  private int free = NONE;
  private int size;

  Slots(int capacity) {
    older = new int[capacity];
    newer = new int[capacity];
    release(0, capacity);
  }

  private void release(int from, int to) {
    for (int slot = to - 1; slot >= from; slot--) {
      newer[slot] = free;
      free = slot;
    }
  }

  /** True if {@link #take} needs {@link #grow} first. */
  boolean isFull() {
    return free == NONE;
  }

  void grow(int capacity) {
    int before = older.length;
    older = Arrays.copyOf(older, capacity);
    newer = Arrays.copyOf(newer, capacity);
    release(before, capacity);
  }

  /** A free slot, now the youngest in use. */
  int take() {
    int slot = free;
    free = newer[slot];
    linkNewest(slot);
    size++;
    return slot;
  }

  void release(int slot) {
    unlink(slot);
    newer[slot] = free;
    free = slot;
    size--;
  }

  /** Makes a slot in use the youngest. */
  void renew(int slot) {
    unlink(slot);
    linkNewest(slot);
  }

  private void linkNewest(int slot) {
    older[slot] = newest;
    newer[slot] = NONE;
    if (newest == NONE) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
  }

  private void unlink(int slot) {
    int before = older[slot];
    int after = newer[slot];
    if (before == NONE) {
      oldest = after;
    } else {
      newer[before] = after;
    }
    if (after == NONE) {
      newest = before;
    } else {
      older[after] = before;
    }
  }

  /** The slot in use that was renewed longest ago, or {@link #NONE}. */
  int oldest() {
    return oldest;
  }

  /** The slot in use that was renewed after {@code slot}, or {@link #NONE}. */
  int younger(int slot) {
    return newer[slot];
  }

  int size() {
    return size;
  }
}
