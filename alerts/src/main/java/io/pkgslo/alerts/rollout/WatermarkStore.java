// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.Progress;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** How far the analyzer is, how far the judge is, and what came too late. For one thread. */
final class WatermarkStore {
  private static final String NEXT_MINUTE = "next-minute";
  private static final String PARTITIONS = "partitions";
  private static final String LATE_PREFIX = "late/";

  private final KeyValueStore<String, Long> store;

  WatermarkStore(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  void advance(Progress entry) {
    if (!Long.valueOf(entry.getPartitions()).equals(store.get(PARTITIONS))) {
      store.put(PARTITIONS, (long) entry.getPartitions());
    }
    String key = partitionKey(entry.getPartition());
    Long former = store.get(key);
    if (former == null || former < entry.getThroughMillis()) {
      store.put(key, entry.getThroughMillis());
    }
  }

  private static String partitionKey(long partition) {
    return "partition/" + partition;
  }

  /** Event time that every upstream partition has closed; null until all were heard of. */
  @Nullable Long watermark() {
    Long partitions = store.get(PARTITIONS);
    if (partitions == null) {
      return null;
    }
    long least = Long.MAX_VALUE;
    for (long partition = 0; partition < partitions; partition++) {
      Long through = store.get(partitionKey(partition));
      if (through == null) {
        return null;
      }
      least = Math.min(least, through);
    }
    return least;
  }

  /** Start of the first minute that is not judged; null before the first look. */
  @Nullable Long nextMinute() {
    return store.get(NEXT_MINUTE);
  }

  void judgedUntil(long millis) {
    store.put(NEXT_MINUTE, millis);
  }

  /** A bucket of a minute that was judged. */
  void late(String service) {
    Long late = store.get(LATE_PREFIX + service);
    store.put(LATE_PREFIX + service, late == null ? 1 : late + 1);
  }

  /** Late buckets of a service since the last call. */
  long takeLate(String service) {
    Long late = store.delete(LATE_PREFIX + service);
    return late == null ? 0 : late;
  }
}
