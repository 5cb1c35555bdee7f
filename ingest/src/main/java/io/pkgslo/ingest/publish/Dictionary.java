// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distinct values of one block in order of first use. A run of one value costs a comparison of
 * references. Mutable, single-threaded.
 */
final class Dictionary<T> {
  private final Map<T, Integer> indexes = new HashMap<>();
  private final List<T> values = new ArrayList<>();
  private @Nullable T last;
  private int lastIndex;

  int indexOf(T value) {
    if (value == last) {
      return lastIndex;
    }
    Integer known = indexes.get(value);
    if (known == null) {
      lastIndex = values.size();
      indexes.put(value, lastIndex);
      values.add(value);
    } else {
      lastIndex = known;
    }
    last = value;
    return lastIndex;
  }

  List<T> values() {
    return values;
  }

  int size() {
    return values.size();
  }

  void clear() {
    indexes.clear();
    values.clear();
    last = null;
  }
}
