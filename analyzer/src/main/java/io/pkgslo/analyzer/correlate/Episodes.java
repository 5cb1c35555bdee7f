// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The episodes of one process by fingerprint. Mutable, single-threaded. */
final class Episodes {
  private final Map<Long, List<Episode>> byFingerprint = new LinkedHashMap<>();

  /** True if an episode of this fault covers the time. */
  boolean cover(long fingerprint, long epochNanos) {
    for (Episode episode : byFingerprint.getOrDefault(fingerprint, List.of())) {
      if (episode.covers(epochNanos)) {
        return true;
      }
    }
    return false;
  }

  void add(Episode episode) {
    List<Episode> known =
        byFingerprint.computeIfAbsent(episode.fingerprint(), f -> new ArrayList<>(2));
    if (!known.contains(episode)) {
      known.add(episode);
    }
  }

  void addAll(Episodes others) {
    others.byFingerprint.values().forEach(episodes -> episodes.forEach(this::add));
  }

  /** Removes and returns those that started before a time. */
  List<Episode> removeStartedBefore(long epochNanos) {
    List<Episode> removed = new ArrayList<>();
    Iterator<List<Episode>> lists = byFingerprint.values().iterator();
    while (lists.hasNext()) {
      List<Episode> episodes = lists.next();
      episodes.removeIf(episode -> episode.startEpochNanos() < epochNanos && removed.add(episode));
      if (episodes.isEmpty()) {
        lists.remove();
      }
    }
    return removed;
  }

  void clear() {
    byFingerprint.clear();
  }

  boolean isEmpty() {
    return byFingerprint.isEmpty();
  }
}
