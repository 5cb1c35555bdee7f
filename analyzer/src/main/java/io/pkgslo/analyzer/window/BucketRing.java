// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import io.pkgslo.model.FixedPoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the non-empty buckets of one width in order of time, in a ring that
 * grows as needed, and a running sum for each window over them. An update costs O(1) per window; an
 * amount that comes late costs a binary search and a shift on top.
 */
final class BucketRing {
  private static final int INITIAL_CAPACITY = 2;

  private final WindowPlan plan;
  private final BucketWidth width;

  /** Where each window begins; shared with other rings of the same time. */
  private int[] firstSlot;

  /** Valid and bad of each window. */
  private final long[] sums;

  private int[] slots = new int[INITIAL_CAPACITY];
  private long[] valid = new long[INITIAL_CAPACITY];

  /** Null while nothing is bad: most subjects have no bad event for most of the time. */
  private long @Nullable [] bad;

  private SlotMask mask = SlotMask.NONE;
  private int head;
  private int size;

  /** A ring for the windows of one width; there is at least one. */
  BucketRing(WindowPlan plan, BucketWidth width) {
    this.plan = plan;
    this.width = width;
    this.firstSlot = plan.unbounded(width);
    this.sums = new long[2 * firstSlot.length];
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
    addBad(index, badAmount);
    if (!mask.hides(slot)) {
      count(slot, validAmount, badAmount);
    }
  }

  private void addBad(int index, long amount) {
    if (amount != 0 && bad == null) {
      bad = new long[slots.length];
    }
    if (bad != null) {
      bad[index] += amount;
    }
  }

  private long badAt(int index) {
    return bad == null ? 0 : bad[index];
  }

  private void count(int slot, long validAmount, long badAmount) {
    for (int w = 0; w < firstSlot.length; w++) {
      if (slot >= firstSlot[w]) {
        sums[2 * w] += validAmount;
        sums[2 * w + 1] += badAmount;
      }
    }
  }

  /** Lets hidden buckets count in no window. They are kept, in case they are shown again. */
  void hide(SlotMask hidden) {
    mask = hidden;
    Arrays.fill(sums, 0);
    for (int p = 0; p < size; p++) {
      int index = at(p);
      if (!mask.hides(slots[index])) {
        count(slots[index], valid[index], badAt(index));
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
    int[] first = plan.firstSlots(width, openSlot);
    boolean changed = false;
    int oldest = Integer.MAX_VALUE;
    for (int w = 0; w < first.length; w++) {
      oldest = Math.min(oldest, first[w]);
      changed |= leave(w, first[w]);
    }
    firstSlot = first;
    while (size > 0 && slots[head] < oldest) {
      clearBad(head);
      head = (head + 1) % slots.length;
      size--;
    }
    return changed;
  }

  /** Windows begin later and later, so only what lies between the two beginnings leaves. */
  private boolean leave(int w, int first) {
    if (size == 0 || slots[head] >= first) {
      return false;
    }
    boolean changed = false;
    for (int p = lowerBound(firstSlot[w]); p < size && slots[at(p)] < first; p++) {
      int index = at(p);
      if (!mask.hides(slots[index])) {
        sums[2 * w] -= valid[index];
        sums[2 * w + 1] -= badAt(index);
        changed = true;
      }
    }
    return changed;
  }

  private void clearBad(int index) {
    if (bad != null) {
      bad[index] = 0;
    }
  }

  /** Sums over the window at {@code position} among those of this width. */
  Sums sums(int position) {
    return new Sums(validSum(position), badSum(position));
  }

  long validSum(int position) {
    return FixedPoint.atMost(sums[2 * position]);
  }

  long badSum(int position) {
    return FixedPoint.atMost(sums[2 * position + 1]);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Visits the buckets from {@code from} (inclusive) to {@code to} (exclusive) in order. */
  void visit(int from, int to, BucketVisitor visitor) {
    for (int p = lowerBound(from); p < size && slots[at(p)] < to; p++) {
      int index = at(p);
      visitor.bucket(slots[index], valid[index], badAt(index));
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
    clearBad(index);
  }

  private void move(int from, int to) {
    slots[to] = slots[from];
    valid[to] = valid[from];
    if (bad != null) {
      bad[to] = bad[from];
    }
  }

  private void grow() {
    int capacity = Math.min(size * 2, size + 1_024);
    int[] newSlots = new int[capacity];
    long[] newValid = new long[capacity];
    long[] newBad = bad == null ? null : new long[capacity];
    for (int p = 0; p < size; p++) {
      int index = at(p);
      newSlots[p] = slots[index];
      newValid[p] = valid[index];
      if (newBad != null) {
        newBad[p] = badAt(index);
      }
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
