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
    int slot = first(RowKey.hash(origin, goPackage, detail, bucket));
    for (; !isFree(slot); slot = next(slot)) {
      T row = at(slot);
      if (row.key().matches(origin, goPackage, detail, bucket)) {
        return row;
      }
    }
    return null;
  }

  @Override
  int hash(T row) {
    return row.key().hash();
  }
}
