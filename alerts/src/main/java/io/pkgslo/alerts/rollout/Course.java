// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import org.jspecify.annotations.Nullable;

/**
 * The life of a rollout in event time, epoch milliseconds.
 *
 * @param openedMillis start of the minute in which it opened, or time of its marker
 * @param closedMillis null while it is open
 * @param closedByOrder closed by a marker: silence and calls do not reopen it
 * @param canarySeenMillis start of the last minute with calls of the canary, the opening before the
 *     first; likewise of the baseline
 * @param canaryWasSeen whether the canary ever had calls
 */
record Course(
    long openedMillis,
    @Nullable Long closedMillis,
    boolean closedByOrder,
    long canarySeenMillis,
    long baselineSeenMillis,
    boolean canaryWasSeen) {

  static Course opened(long millis, boolean canaryWasSeen) {
    return new Course(millis, null, false, millis, millis, canaryWasSeen);
  }

  boolean isOpen() {
    return closedMillis == null;
  }

  Course seen(long minuteMillis, boolean canary, boolean baseline) {
    return new Course(
        openedMillis,
        closedMillis,
        closedByOrder,
        canary ? Math.max(minuteMillis, canarySeenMillis) : canarySeenMillis,
        baseline ? Math.max(minuteMillis, baselineSeenMillis) : baselineSeenMillis,
        canaryWasSeen || canary);
  }

  Course closedAt(long millis, boolean byOrder) {
    return new Course(
        openedMillis, millis, byOrder, canarySeenMillis, baselineSeenMillis, canaryWasSeen);
  }

  Course reopened(long millis) {
    return new Course(openedMillis, null, false, millis, millis, canaryWasSeen);
  }
}
