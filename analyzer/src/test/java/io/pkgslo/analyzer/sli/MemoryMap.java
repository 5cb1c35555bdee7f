// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A durable map for tests: whoever keeps it keeps the state. */
final class MemoryMap implements DurableMap {
  final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

  MemoryMap copy() {
    MemoryMap copy = new MemoryMap();
    copy.records.putAll(records);
    return copy;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return records.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    records.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    records.remove(key);
  }

  @Override
  public void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    records.subMap(from, true, to, false).forEach(visitor);
  }
}
