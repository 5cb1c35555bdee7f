// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The episodes of one process by fingerprint. Mutable, single-threaded. */
final class Episodes {
  private final Map<Long, List<Episode>> byFingerprint = new HashMap<>();

  /** True if an episode of this fault covers the time. */
  boolean cover(long fingerprint, long epochNanos) {
    for (Episode episode : byFingerprint.getOrDefault(fingerprint, List.of())) {
      if (episode.covers(epochNanos)) {
        return true;
      }
    }
    return false;
  }

  /** True if it was not known. */
  boolean add(Episode episode) {
    List<Episode> known =
        byFingerprint.computeIfAbsent(episode.fingerprint(), f -> new ArrayList<>(2));
    return !known.contains(episode) && known.add(episode);
  }

  void addAll(Episodes others) {
    others.byFingerprint.values().forEach(episodes -> episodes.forEach(this::add));
  }

  void remove(Episode episode) {
    List<Episode> known = byFingerprint.get(episode.fingerprint());
    if (known != null && known.remove(episode) && known.isEmpty()) {
      byFingerprint.remove(episode.fingerprint());
    }
  }

  boolean isEmpty() {
    return byFingerprint.isEmpty();
  }
}
