// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.SelectionSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the items of a block are to the selectors of objectives. */
final class SelectedItems {
  private static final int NONE = -1;

  private SelectedItems() {}

  /** Null for a log record that no selector takes. */
  static @Nullable SelectionSet of(LogBlock logs, int row) {
    int index = indexOf(logs::getSelectedRow, logs.getSelectedRowCount(), row);
    return index == NONE ? null : logs.getSelectionSet(logs.getSelectedSet(index));
  }

  /** Rows ascend. */
  private static int indexOf(IntUnaryOperator rowAt, int count, int row) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int found = rowAt.applyAsInt(middle);
      if (found == row) {
        return middle;
      }
      if (found < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return NONE;
  }
}
