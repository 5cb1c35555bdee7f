// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Where a record goes. Inside the topology it stands in the place of a key; only {@link #key} is
 * written.
 *
 * @param partition of the topic; negative: any
 * @param key of the record as it is written; null for blocks
 */
record Route(int partition, @Nullable Bytes key) {
  private static final int ANY = -1;

  /** Writes the key alone. */
  static final Serializer<Route> SERIALIZER =
      (topic, route) -> route.key() == null ? null : route.key().get();

  /** Sends each record where its route says. */
  static final StreamPartitioner<Route, byte[]> PARTITIONER =
      (topic, route, value, partitions) ->
          route.partition() < 0 ? Optional.empty() : Optional.of(Set.of(route.partition()));

  static Route block(int partition) {
    return new Route(partition, null);
  }

  static Route keyed(int partition, byte[] key) {
    return new Route(partition, Bytes.wrap(key));
  }

  static Route anywhere(byte @Nullable [] key) {
    return new Route(ANY, key == null ? null : Bytes.wrap(key));
  }
}
