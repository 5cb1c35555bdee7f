// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.model.wire.SelectionSet;

/**
 * The rows of a block that selectors of objectives take; without any, nothing of it is in the
 * block. Mutable, single-threaded.
 */
final class SelectedRows {
  /** Two small varints. */
  private static final int ROW_BYTES = 4;

  private final PackedColumn rows = new PackedColumn();
  private final PackedColumn sets = new PackedColumn();
  private final Dictionary<SelectionSet> known = new Dictionary<>();

  /**
   * Adds a row of the block. Rows come in ascending order.
   *
   * @return how many bytes it takes there
   */
  int add(int row, SelectionSet selected) {
    int before = known.size();
    rows.varint(row);
    sets.varint(known.indexOf(selected));
    return ROW_BYTES
        + (known.size() > before ? selected.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES : 0);
  }

  /** Writes them into these fields. */
  BlockBytes write(BlockBytes block, int rowField, int setField, int dictionaryField) {
    return block
        .packed(rowField, rows)
        .packed(setField, sets)
        .messages(dictionaryField, known.values());
  }

  void clear() {
    rows.clear();
    sets.clear();
    known.clear();
  }
}
