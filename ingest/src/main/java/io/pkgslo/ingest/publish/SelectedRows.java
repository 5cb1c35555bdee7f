// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a transaction that selectors of objectives take; empty where there are none, and then
 * nothing of it is in a block. Mutable, single-threaded.
 */
final class SelectedRows {
  /** Two small varints. */
  private static final int ROW_BYTES = 4;

  private final List<Integer> rows = new ArrayList<>();
  private final List<SelectionSet> sets = new ArrayList<>();
  private int next;

  // Of the block that is being written.
  private final LongColumn blockRows = new LongColumn();
  private final LongColumn blockSets = new LongColumn();
  private final Dictionary<SelectionSet> known = new Dictionary<>();

  void add(int row, SelectionSet selected) {
    rows.add(row);
    sets.add(selected);
  }

  void clear() {
    rows.clear();
    sets.clear();
    next = 0;
  }

  /** Begins a block; the first one of a transaction begins at its first row. */
  void begin(int from) {
    next = from == 0 ? 0 : next;
    blockRows.clear();
    blockSets.clear();
    known.clear();
  }

  /**
   * Takes a row into the block, if it is selected. Rows come in ascending order.
   *
   * @param index of the row in the block
   * @return how many bytes it takes there
   */
  int take(int row, int index) {
    if (next == rows.size() || rows.get(next) != row) {
      return 0;
    }
    SelectionSet set = sets.get(next++);
    int before = known.size();
    blockRows.add(index);
    blockSets.add(known.indexOf(set));
    return ROW_BYTES
        + (known.size() > before ? set.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES : 0);
  }

  /** Writes the block's part into these fields. */
  BlockBytes write(BlockBytes block, int rowField, int setField, int dictionaryField) {
    int count = blockRows.size();
    return block
        .varints(rowField, blockRows, 0, count)
        .varints(setField, blockSets, 0, count)
        .messages(dictionaryField, known.values());
  }
}
