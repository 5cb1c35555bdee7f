// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: the minutes of one arm of one subject that are open or may still be
 * corrected, and when each of its processes was first seen.
 */
final class ArmLedger {
  /** More processes than that forget the one that was silent for longest. */
  private static final int MAX_PROCESSES = 1_024;

  private final NavigableMap<Long, MinuteBucket> minutes = new TreeMap<>();
  private final Map<String, Long> firstSeenMillis =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  private long lastSeenMillis = Long.MIN_VALUE;

  NavigableMap<Long, MinuteBucket> minutes() {
    return minutes;
  }

  Map<String, Long> firstSeenMillis() {
    return firstSeenMillis;
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
    Long known = firstSeenMillis.get(process);
    if (known != null && known <= epochMillis) {
      return known;
    }
    firstSeenMillis.put(process, epochMillis);
    if (firstSeenMillis.size() > MAX_PROCESSES) {
      String silent = firstSeenMillis.keySet().iterator().next();
      firstSeenMillis.remove(silent);
    }
    return epochMillis;
  }
}
