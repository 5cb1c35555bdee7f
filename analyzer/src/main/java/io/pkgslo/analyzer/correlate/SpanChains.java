// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Arrays;

/**
 * The spans of large traces: chains of the slots whose (trace, span id), or (trace, parent id),
 * have one hash. A list per trace would be searched in quadratic time. Takes no room while there is
 * no such trace. Mutable, single-threaded.
 */
final class SpanChains {
  private static final int NONE = Slots.NONE;

  private final SpanRows rows;

  private int[] spanHeads = new int[0];
  private int[] spanNext = new int[0];
  private int[] childHeads = new int[0];
  private int[] childNext = new int[0];
  private int[] childPrevious = new int[0];
  private int linked;

  SpanChains(SpanRows rows) {
    this.rows = rows;
  }

  /**
   * Adds a span.
   *
   * @param capacity how many slots there are
   */
  void link(int slot, int capacity) {
    if (spanNext.length < capacity) {
      spanNext = Arrays.copyOf(spanNext, capacity);
      childNext = Arrays.copyOf(childNext, capacity);
      childPrevious = Arrays.copyOf(childPrevious, capacity);
    }
    if (linked >= spanHeads.length) {
      rehash(Math.max(1 << 10, 2 * spanHeads.length));
    }
    chain(slot);
    linked++;
  }

  private void chain(int slot) {
    int head = bucket(rows.traceLow(slot), rows.spanId(slot));
    spanNext[slot] = spanHeads[head];
    spanHeads[head] = slot;
    if (rows.parentId(slot) == 0) {
      return;
    }
    int first = bucket(rows.traceLow(slot), rows.parentId(slot));
    childPrevious[slot] = NONE;
    childNext[slot] = childHeads[first];
    if (childHeads[first] != NONE) {
      childPrevious[childHeads[first]] = slot;
    }
    childHeads[first] = slot;
  }

  private void rehash(int length) {
    int[] before = spanHeads;
    int[] beforeNext = spanNext.clone();
    spanHeads = new int[length];
    childHeads = new int[length];
    Arrays.fill(spanHeads, NONE);
    Arrays.fill(childHeads, NONE);
    for (int head : before) {
      for (int slot = head; slot != NONE; slot = beforeNext[slot]) {
        chain(slot);
      }
    }
  }

  void unlink(int slot) {
    linked--;
    int head = bucket(rows.traceLow(slot), rows.spanId(slot));
    if (spanHeads[head] == slot) {
      spanHeads[head] = spanNext[slot];
    } else {
      int before = spanHeads[head];
      while (spanNext[before] != slot) {
        before = spanNext[before];
      }
      spanNext[before] = spanNext[slot];
    }
    if (rows.parentId(slot) != 0) {
      unlinkChild(slot);
    }
  }

  private void unlinkChild(int slot) {
    int before = childPrevious[slot];
    int after = childNext[slot];
    if (before == NONE) {
      childHeads[bucket(rows.traceLow(slot), rows.parentId(slot))] = after;
    } else {
      childNext[before] = after;
    }
    if (after != NONE) {
      childPrevious[after] = before;
    }
  }

  /** First slot whose span may have the id. */
  int first(long traceLow, long id) {
    return spanHeads[bucket(traceLow, id)];
  }

  /** The one after {@code slot}, or {@link Slots#NONE}. */
  int next(int slot) {
    return spanNext[slot];
  }

  /** First slot whose span may have the parent. */
  int firstChild(long traceLow, long parent) {
    return childHeads[bucket(traceLow, parent)];
  }

  /** The one after {@code child}, or {@link Slots#NONE}. */
  int nextChild(int child) {
    return childNext[child];
  }

  private int bucket(long low, long id) {
    return (int) IdentitySet.mix(low ^ Long.rotateLeft(id, 29)) & (spanHeads.length - 1);
  }
}
