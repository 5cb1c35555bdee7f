// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import io.pkgslo.model.FixedPoint;
import java.util.Arrays;

/**
 * Mutable, single-threaded: the non-empty buckets of one width in order of time, in a ring that
 * grows as needed, and a running sum for each window over them. An update costs O(1) per window; an
 * amount that comes late costs a binary search and a shift on top.
 */
final class BucketRing {
  private static final int INITIAL_CAPACITY = 4;

  private final Window[] windows;
  private final int[] firstSlot;
  private final long[] validSum;
  private final long[] badSum;

  private int[] slots = new int[INITIAL_CAPACITY];
  private long[] valid = new long[INITIAL_CAPACITY];
  private long[] bad = new long[INITIAL_CAPACITY];
  private SlotMask mask = SlotMask.NONE;
  private int head;
  private int size;

  /** A ring for {@code windows} of one width; at least one. The array is kept, not copied. */
  BucketRing(Window[] windows) {
    this.windows = windows;
    this.firstSlot = new int[windows.length];
    this.validSum = new long[windows.length];
    this.badSum = new long[windows.length];
    Arrays.fill(firstSlot, Integer.MIN_VALUE);
  }

  /** Adds to the bucket {@code slot} and to every window that covers it. */
  void add(int slot, long validAmount, long badAmount) {
    int position = lowerBound(slot);
    if (position == size || slots[at(position)] != slot) {
      if (isBeforeAllWindows(slot)) {
        return;
      }
      insert(position, slot);
    }
    int index = at(position);
    valid[index] += validAmount;
    bad[index] += badAmount;
    if (mask.hides(slot)) {
      return;
    }
    for (int w = 0; w < windows.length; w++) {
      if (slot >= firstSlot[w]) {
        validSum[w] += validAmount;
        badSum[w] += badAmount;
      }
    }
  }

  /** Lets hidden buckets count in no window. They are kept, in case they are shown again. */
  void hide(SlotMask hidden) {
    mask = hidden;
    Arrays.fill(validSum, 0);
    Arrays.fill(badSum, 0);
    for (int p = 0; p < size; p++) {
      int index = at(p);
      for (int w = 0; w < windows.length; w++) {
        if (slots[index] >= firstSlot[w] && !mask.hides(slots[index])) {
          validSum[w] += valid[index];
          badSum[w] += bad[index];
        }
      }
    }
  }

  /**
   * Lets buckets before {@code openSlot} be closed ones: windows move on and forget what they no
   * longer cover.
   *
   * @return whether the sum of any window changed
   */
  boolean advance(int openSlot) {
    boolean changed = false;
    int oldest = Integer.MAX_VALUE;
    for (int w = 0; w < windows.length; w++) {
      int first = windows[w].firstSlot(openSlot);
      oldest = Math.min(oldest, first);
      if (first > firstSlot[w]) {
        changed |= leave(w, first);
        firstSlot[w] = first;
      }
    }
    while (size > 0 && slots[head] < oldest) {
      head = (head + 1) % slots.length;
      size--;
    }
    return changed;
  }

  private boolean leave(int w, int first) {
    boolean changed = false;
    for (int p = lowerBound(firstSlot[w]); p < size && slots[at(p)] < first; p++) {
      if (!mask.hides(slots[at(p)])) {
        validSum[w] -= valid[at(p)];
        badSum[w] -= bad[at(p)];
        changed = true;
      }
    }
    return changed;
  }

  Sums sums(Window window) {
    for (int w = 0; w < windows.length; w++) {
      if (windows[w].equals(window)) {
        return new Sums(FixedPoint.atMost(validSum[w]), FixedPoint.atMost(badSum[w]));
      }
    }
    throw new IllegalArgumentException("no sums are kept for window " + window.label());
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Visits the buckets from {@code from} (inclusive) to {@code to} (exclusive) in order. */
  void visit(int from, int to, BucketVisitor visitor) {
    for (int p = lowerBound(from); p < size && slots[at(p)] < to; p++) {
      int index = at(p);
      visitor.bucket(slots[index], valid[index], bad[index]);
    }
  }

  private boolean isBeforeAllWindows(int slot) {
    for (int first : firstSlot) {
      if (slot >= first) {
        return false;
      }
    }
    return true;
  }

  /** Position of the first bucket that is not before {@code slot}. */
  private int lowerBound(int slot) {
    if (size == 0 || slots[at(size - 1)] < slot) {
      return size;
    }
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slots[at(middle)] < slot) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(int position, int slot) {
    if (size == slots.length) {
      grow();
    }
    for (int p = size; p > position; p--) {
      move(at(p - 1), at(p));
    }
    size++;
    int index = at(position);
    slots[index] = slot;
    valid[index] = 0;
    bad[index] = 0;
  }

  private void move(int from, int to) {
    slots[to] = slots[from];
    valid[to] = valid[from];
    bad[to] = bad[from];
  }

  private void grow() {
    int capacity = Math.min(Math.max(size * 2, INITIAL_CAPACITY), size + 1_024);
    int[] newSlots = new int[capacity];
    long[] newValid = new long[capacity];
    long[] newBad = new long[capacity];
    for (int p = 0; p < size; p++) {
      newSlots[p] = slots[at(p)];
      newValid[p] = valid[at(p)];
      newBad[p] = bad[at(p)];
    }
    slots = newSlots;
    valid = newValid;
    bad = newBad;
    head = 0;
  }

  private int at(int position) {
    int index = head + position;
    return index < slots.length ? index : index - slots.length;
  }
}
