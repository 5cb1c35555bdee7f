// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The state of each service, and at hand which of them have an open rollout. For one thread. */
final class ServicesStore {
  private final KeyValueStore<String, byte[]> store;
  private final Set<String> open = new TreeSet<>();

  /** Reads the whole store once: what was restored decides which services are looked at. */
  ServicesStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        noteOpen(ServiceStateCodec.decode(entry.value));
      }
    }
  }

  ServiceState get(String service) {
    byte[] stored = store.get(service);
    return stored == null ? ServiceState.initial(service) : ServiceStateCodec.decode(stored);
  }

  void put(ServiceState state) {
    store.put(state.service(), ServiceStateCodec.encode(state));
    noteOpen(state);
  }

  /** Services with an open rollout: they are looked at every minute, also when they are silent. */
  Set<String> open() {
    return Collections.unmodifiableSet(open);
  }

  private void noteOpen(ServiceState state) {
    if (state.hasOpenRollout()) {
      open.add(state.service());
    } else {
      open.remove(state.service());
    }
  }
}
