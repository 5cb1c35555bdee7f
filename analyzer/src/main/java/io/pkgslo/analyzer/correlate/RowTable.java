// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import org.jspecify.annotations.Nullable;

/** Finds the row of an item. Mutable, single-threaded. */
final class RowTable<T extends RowTable.Row> extends HashedRows<T> {
  /** Knows what its items share. */
  interface Row {
    RowKey key();
  }

  @Nullable T find(Origin origin, String goPackage, int detail, long bucket) {
    T row = last;
    if (row != null && row.key().matches(origin, goPackage, detail, bucket)) {
      return row;
    }
    int slot = first(RowKey.hash(origin, goPackage, detail, bucket));
    for (row = at(slot); row != null; row = at(slot)) {
      if (row.key().matches(origin, goPackage, detail, bucket)) {
        last = row;
        return row;
      }
      slot = next(slot);
    }
    return null;
  }

  @Override
  int hash(T row) {
    return row.key().hash();
  }
}
