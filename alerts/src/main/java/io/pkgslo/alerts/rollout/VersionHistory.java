// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which versions of a service run, since when, and which of them is the baseline. */
final class VersionHistory {
  private static final long HOUR_MILLIS = 60 * ServiceMinute.LENGTH_MILLIS;
  private static final long OVERLAP_MILLIS = 5 * ServiceMinute.LENGTH_MILLIS;
  private static final long FORGET_MILLIS = 24 * HOUR_MILLIS;

  private VersionHistory() {}

  /** The state with the calls of {@code minute}, and without what is too old to matter. */
  static ServiceState with(ServiceState state, ServiceMinute minute) {
    long start = minute.startMillis();
    Map<String, Long> calls = minute.callsByVersion();
    List<MinuteCalls> history = new ArrayList<>(state.history());
    history.removeIf(past -> past.startMillis() <= start - HOUR_MILLIS);
    if (!calls.isEmpty()) {
      history.add(new MinuteCalls(start, calls));
    }
    Map<String, Long> lastSeen = new TreeMap<>(state.lastSeenMillis());
    calls.keySet().forEach(version -> lastSeen.put(version, start));
    lastSeen.values().removeIf(seen -> seen < start - FORGET_MILLIS);
    Map<String, Long> firstSeen = new TreeMap<>(state.firstSeenMillis());
    calls.keySet().forEach(version -> firstSeen.putIfAbsent(version, start));
    firstSeen.keySet().retainAll(lastSeen.keySet());
    return state.withVersions(history, firstSeen, lastSeen);
  }

  /** Versions with calls within the five minutes that end with the minute at {@code start}. */
  static Set<String> running(ServiceState state, long start) {
    Set<String> versions = new TreeSet<>();
    for (MinuteCalls minute : state.history()) {
      if (minute.startMillis() > start - OVERLAP_MILLIS) {
        versions.addAll(minute.callsByVersion().keySet());
      }
    }
    return versions;
  }

  /**
   * The version of {@code running} with most calls in the last hour; of equal ones the one that was
   * seen first. Null when none runs.
   */
  static @Nullable String baseline(ServiceState state, Set<String> running) {
    Map<String, Long> calls = new TreeMap<>();
    for (MinuteCalls minute : state.history()) {
      minute.callsByVersion().forEach((version, n) -> calls.merge(version, n, Long::sum));
    }
    return running.stream()
        .min(
            Comparator.comparing((String version) -> -calls.getOrDefault(version, 0L))
                .thenComparing(version -> firstSeen(state, version))
                .thenComparing(version -> version))
        .orElse(null);
  }

  static long firstSeen(ServiceState state, String version) {
    return state.firstSeenMillis().getOrDefault(version, Long.MAX_VALUE);
  }
}
