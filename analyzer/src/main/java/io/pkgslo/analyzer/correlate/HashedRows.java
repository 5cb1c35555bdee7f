// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are found without making a key for it: open addressing, at most half of the slots used.
 * Mutable, single-threaded.
 */
abstract class HashedRows<T> {
  private static final int MIN_SLOTS = 64;

  /** Null is free. A row stands here itself, so that who finds it has it. */
  private @Nullable Object[] slots = new Object[MIN_SLOTS];

  private int size;

  /** The row that was found or added last: nearly always the next one too. */
  @Nullable T last;

  /** The hash of a row that was added; the same that it is looked for with. */
  abstract int hash(T row);

  /** Slot at which a search begins. */
  final int first(int hash) {
    return hash & (slots.length - 1);
  }

  /** Slot after {@code slot}. */
  final int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /** Row of a slot; null where a search ends without a row. */
  @SuppressWarnings("unchecked")
  final @Nullable T at(int slot) {
    return (T) slots[slot];
  }

  final void add(T row) {
    last = row;
    if (2 * (size + 1) > slots.length) {
      @Nullable Object[] before = slots;
      slots = new Object[2 * before.length];
      for (int slot = 0; slot < before.length; slot++) {
        if (before[slot] != null) {
          insert(before[slot]);
        }
      }
    }
    insert(row);
    size++;
  }

  @SuppressWarnings("unchecked")
  private void insert(Object row) {
    int slot = first(hash((T) row));
    while (slots[slot] != null) {
      slot = next(slot);
    }
    slots[slot] = row;
  }

  final void clear() {
    if (size > 0) {
      Arrays.fill(slots, null);
      size = 0;
      last = null;
    }
  }
}
