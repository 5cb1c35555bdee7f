// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.sli.DurableMap;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A changelogged key-value store as a durable map: it commits with its task. */
final class DurableMapStore implements DurableMap {
  private final KeyValueStore<Bytes, byte[]> store;

  DurableMapStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(Bytes.wrap(key));
  }

  @Override
  public void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(from), Bytes.wrap(to))) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> record = range.next();
        byte[] key = record.key.get();
        // The store's bounds are inclusive on both sides.
        if (!Arrays.equals(key, to)) {
          visitor.accept(key, record.value);
        }
      }
    }
  }
}
