// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in the order in which they were added, found without making a key for it. Mutable,
 * single-threaded.
 */
abstract class HashedRows<T> {
  private final List<T> rows = new ArrayList<>();

  /** Index of a row plus 1; 0 is free. */
  private int[] slots = new int[64];

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

  /** Whether a search ends here without a row. */
  final boolean isFree(int slot) {
    return slots[slot] == 0;
  }

  /** Row of a slot that is not free. */
  final T at(int slot) {
    return rows.get(slots[slot] - 1);
  }

  final void add(T row) {
    rows.add(row);
    if (2 * rows.size() > slots.length) {
      slots = new int[2 * slots.length];
      for (int i = 0; i < rows.size(); i++) {
        insert(i);
      }
    } else {
      insert(rows.size() - 1);
    }
  }

  private void insert(int index) {
    int slot = first(hash(rows.get(index)));
    while (!isFree(slot)) {
      slot = next(slot);
    }
    slots[slot] = index + 1;
  }

  final void clear() {
    if (!rows.isEmpty()) {
      rows.clear();
      Arrays.fill(slots, 0);
    }
  }
}
