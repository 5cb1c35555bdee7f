// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rollout and its evidence so far.
 *
 * @param series what was given a share of alpha at the opening
 * @param openedMillis start of the minute in which the canary was first seen beside the baseline
 * @param closedMillis null while it is open
 * @param canarySeenMillis start of the last minute with calls of the canary; likewise of the
 *     baseline
 * @param crashes init crashes by stack fingerprint
 * @param verdict the latest; null before the first look
 */
record RolloutState(
    String id,
    String canary,
    String baseline,
    List<SeriesKey> series,
    long openedMillis,
    @Nullable Long closedMillis,
    long canarySeenMillis,
    long baselineSeenMillis,
    JudgeState judge,
    Map<String, CrashTally> crashes,
    @Nullable Verdict verdict) {

  RolloutState {
    series = List.copyOf(series);
    crashes = Map.copyOf(crashes);
  }

  boolean isOpen() {
    return closedMillis == null;
  }

  RolloutState seen(long minuteMillis, boolean canarySeen, boolean baselineSeen) {
    return new RolloutState(
        id,
        canary,
        baseline,
        series,
        openedMillis,
        closedMillis,
        canarySeen ? minuteMillis : canarySeenMillis,
        baselineSeen ? minuteMillis : baselineSeenMillis,
        judge,
        crashes,
        verdict);
  }

  RolloutState judged(JudgeState newJudge, Map<String, CrashTally> newCrashes, Verdict newVerdict) {
    return new RolloutState(
        id,
        canary,
        baseline,
        series,
        openedMillis,
        closedMillis,
        canarySeenMillis,
        baselineSeenMillis,
        newJudge,
        newCrashes,
        newVerdict);
  }

  RolloutState closedAt(@Nullable Long millis) {
    return new RolloutState(
        id,
        canary,
        baseline,
        series,
        openedMillis,
        millis,
        canarySeenMillis,
        baselineSeenMillis,
        judge,
        crashes,
        verdict);
  }
}
