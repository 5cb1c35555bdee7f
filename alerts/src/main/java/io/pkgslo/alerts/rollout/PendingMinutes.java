// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Buckets that wait for their minute to be complete, in the order of time. A bucket that is sent
 * again replaces its former self.
 */
final class PendingMinutes {
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;

  PendingMinutes(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void add(SliBucket bucket) {
    String key =
        prefix(bucket.getStartEpochMillis())
            + String.join(
                String.valueOf(SEPARATOR),
                bucket.getService(),
                bucket.getVersion(),
                bucket.getArm(),
                bucket.getPackage());
    store.put(key, bucket.toByteArray());
  }

  /** Start of the earliest minute that waits; null when none does. */
  @Nullable Long first() {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      return all.hasNext() ? Long.valueOf(millis(all.peekNextKey())) : null;
    }
  }

  /** Removes the minute that starts at {@code startMillis}, by service. */
  Map<String, ServiceMinute> take(long startMillis) {
    Map<String, List<SliBucket>> byService = new TreeMap<>();
    List<String> keys = new ArrayList<>();
    // The end of the range is inclusive, and no key of the next minute is its bare prefix.
    try (KeyValueIterator<String, byte[]> minute =
        store.range(prefix(startMillis), prefix(startMillis + 1))) {
      while (minute.hasNext()) {
        KeyValue<String, byte[]> entry = minute.next();
        keys.add(entry.key);
        SliBucket bucket = parse(entry.value);
        byService.computeIfAbsent(bucket.getService(), s -> new ArrayList<>()).add(bucket);
      }
    }
    keys.forEach(store::delete);
    Map<String, ServiceMinute> minutes = new TreeMap<>();
    byService.forEach(
        (service, buckets) ->
            minutes.put(service, new ServiceMinute(service, startMillis, buckets)));
    return minutes;
  }

  /** Fixed width, so that the order of keys is the order of time. */
  private static String prefix(long startMillis) {
    return String.format("%016x", startMillis) + SEPARATOR;
  }

  private static long millis(String key) {
    return Long.parseLong(key.substring(0, 16), 16);
  }

  private static SliBucket parse(byte[] value) {
    try {
      return SliBucket.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("own state cannot be read", e);
    }
  }
}
