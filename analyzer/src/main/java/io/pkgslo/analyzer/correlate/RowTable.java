// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row of an item without making a key for it. Rows keep the order in which they were
 * added. Mutable, single-threaded.
 */
final class RowTable<T extends RowTable.Row> {
  /** Knows what its items share. */
  interface Row {
    RowKey key();
  }

  private final List<T> rows = new ArrayList<>();

  /** Index of a row plus 1; 0 is free. */
  private int[] slots = new int[64];

  @Nullable T find(Origin origin, String goPackage, int detail, long bucket) {
    int mask = slots.length - 1;
    int slot = RowKey.hash(origin, goPackage, detail, bucket) & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      T row = rows.get(slots[slot] - 1);
      if (row.key().matches(origin, goPackage, detail, bucket)) {
        return row;
      }
    }
    return null;
  }

  void add(T row) {
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
    int mask = slots.length - 1;
    int slot = rows.get(index).key().hash() & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = index + 1;
  }

  void clear() {
    rows.clear();
    Arrays.fill(slots, 0);
  }
}
