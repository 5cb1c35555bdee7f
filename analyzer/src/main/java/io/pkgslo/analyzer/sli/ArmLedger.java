// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the minutes of one arm of one subject that are open or may still be
 * corrected, and when each of its processes was first seen.
 */
final class ArmLedger {
  /** More processes than that forget the one that was silent for longest. */
  private static final int MAX_PROCESSES = 1_024;

  private final NavigableMap<Long, MinuteBucket> minutes = new TreeMap<>();

  /** The one process, and when it was first seen, while there is one. */
  private @Nullable String onlyProcess;

  private long onlyFirstMillis;

  /** Null while there is one process at most. */
  private @Nullable Map<String, Long> firstSeenMillis;

  private long lastSeenMillis = Long.MIN_VALUE;

  NavigableMap<Long, MinuteBucket> minutes() {
    return minutes;
  }

  /** By process, the one that was silent for longest first. Not to be changed. */
  Map<String, Long> firstSeenMillis() {
    if (firstSeenMillis != null) {
      return firstSeenMillis;
    }
    return onlyProcess == null ? Map.of() : Map.of(onlyProcess, onlyFirstMillis);
  }

  /** Latest event time of any process. */
  long lastSeenMillis() {
    return lastSeenMillis;
  }

  /** Puts back how long the arm was alive, as far as it is known. */
  void restoreLastSeen(long epochMillis) {
    lastSeenMillis = Math.max(lastSeenMillis, epochMillis);
  }

  /** Notes that {@code process} was seen, and returns when it was first. */
  long seen(String process, long epochMillis) {
    lastSeenMillis = Math.max(lastSeenMillis, epochMillis);
    if (firstSeenMillis != null) {
      return seen(firstSeenMillis, process, epochMillis);
    }
    if (onlyProcess == null) {
      onlyProcess = process;
      onlyFirstMillis = epochMillis;
    }
    if (onlyProcess.equals(process)) {
      onlyFirstMillis = Math.min(onlyFirstMillis, epochMillis);
      return onlyFirstMillis;
    }
    Map<String, Long> several = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    several.put(onlyProcess, onlyFirstMillis);
    firstSeenMillis = several;
    return seen(several, process, epochMillis);
  }

  private static long seen(Map<String, Long> firstMillis, String process, long epochMillis) {
    Long known = firstMillis.get(process);
    if (known != null && known <= epochMillis) {
      return known;
    }
    firstMillis.put(process, epochMillis);
    if (firstMillis.size() > MAX_PROCESSES) {
      String silent = firstMillis.keySet().iterator().next();
      firstMillis.remove(silent);
    }
    return epochMillis;
  }
}
