// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What followed from some bytes before. Repeats cost one lookup and allocate nothing. When it is
 * full it starts over, which bounds memory and changes no result. Mutable, single-threaded.
 */
final class SliceCache<V> {
  private final int capacity;
  private final Map<Slice, V> values = new HashMap<>();

  /**
   * @param capacity most entries, at least 1
   */
  SliceCache(int capacity) {
    this.capacity = capacity;
  }

  @Nullable V get(Slice key) {
    return values.get(key);
  }

  void put(Slice key, V value) {
    if (values.size() >= capacity) {
      values.clear();
    }
    values.put(key.copy(), value);
  }

  int size() {
    return values.size();
  }
}
