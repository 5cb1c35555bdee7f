// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.analyzer.sli.DurableMap;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A durable map that is none: the cost of a state store is Kafka's, not the stage's. */
final class MemoryMap implements DurableMap {
  private final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

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
    records.subMap(from, to).forEach(visitor);
  }
}
