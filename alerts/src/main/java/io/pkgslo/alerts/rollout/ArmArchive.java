// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is remembered of one arm: the hour that runs, the last one before it with calls, and the
 * newest inits, however old, since a process that runs for long has none now.
 *
 * @param hour the running hour, in hours since the epoch
 * @param initMicros durations of inits by package, oldest first, at most {@value #MAX_INITS} each
 */
record ArmArchive(
    long lastSeenMillis,
    long hour,
    Generation running,
    Generation before,
    Map<String, List<Long>> initMicros) {
  static final int MAX_INITS = 60;

  private static final int MAX_INIT_PACKAGES = 400;
  private static final long HOUR_MILLIS = 60 * ServiceMinute.LENGTH_MILLIS;
  private static final long NANOS_PER_MICRO = 1000;

  ArmArchive {
    initMicros = Map.copyOf(initMicros);
  }

  static ArmArchive start(long millis) {
    return new ArmArchive(
        millis, millis / HOUR_MILLIS, Generation.EMPTY, Generation.EMPTY, Map.of());
  }

  /** With the minute that starts at {@code startMillis}; minutes come in order. */
  ArmArchive plus(long startMillis, List<SliBucket> buckets) {
    boolean next = startMillis / HOUR_MILLIS > hour && running.minutes() > 0;
    Generation past = next ? running : before;
    Generation present = next ? Generation.EMPTY : running;
    return new ArmArchive(
        startMillis, startMillis / HOUR_MILLIS, present.plus(buckets), past, inits(buckets, next));
  }

  private Map<String, List<Long>> inits(List<SliBucket> buckets, boolean nextHour) {
    Map<String, List<Long>> inits = new TreeMap<>(initMicros);
    if (nextHour) {
      // A package that is never called is never judged: its inits are of no use.
      inits
          .keySet()
          .removeIf(
              name ->
                  !running.packages().containsKey(name) && !before.packages().containsKey(name));
    }
    for (SliBucket bucket : buckets) {
      if (bucket.getInitNanosCount() > 0
          && (inits.size() < MAX_INIT_PACKAGES || inits.containsKey(bucket.getPackage()))) {
        List<Long> all = new ArrayList<>(inits.getOrDefault(bucket.getPackage(), List.of()));
        bucket.getInitNanosList().forEach(nanos -> all.add(nanos / NANOS_PER_MICRO));
        inits.put(
            bucket.getPackage(),
            List.copyOf(all.subList(Math.max(0, all.size() - MAX_INITS), all.size())));
      }
    }
    return inits;
  }

  long calls() {
    return running.calls() + before.calls();
  }
}
