// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.judge.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens, judges and closes the rollouts of a service, minute by minute (reference: Rollouts). A
 * pure function: equal minutes give equal states, ids and verdicts. Thread-safe.
 *
 * <p>A rollout opens in the minute in which a second version has calls within five minutes of the
 * first; what is tested is fixed then, and the looks begin with the next minute, so that the first
 * look is not tested on what it chose.
 */
final class ServiceRollouts {
  private static final long CLOSE_AFTER_MILLIS = 30 * ServiceMinute.LENGTH_MILLIS;
  private static final long REOPEN_WITHIN_MILLIS = 24 * 60 * ServiceMinute.LENGTH_MILLIS;

  private final Policy policy;

  ServiceRollouts(Policy policy) {
    this.policy = policy;
  }

  /** What a minute changes. */
  record Step(ServiceState state, List<Update> updates) {
    Step {
      updates = List.copyOf(updates);
    }
  }

  /**
   * A rollout after a minute.
   *
   * @param verdictChanged the verdict differs from the one before, or is the first
   */
  record Update(RolloutState rollout, Decision decision, boolean verdictChanged) {}

  /**
   * The state after {@code minute}; minutes of a service come in order, silent ones may be left
   * out.
   */
  Step next(ServiceState before, ServiceMinute minute) {
    ServiceState state = VersionHistory.with(before, minute);
    List<RolloutState> rollouts = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    for (RolloutState rollout : state.rollouts()) {
      Update update = continued(rollout, minute);
      if (update != null) {
        updates.add(update);
      }
      RolloutState after = update == null ? rollout : update.rollout();
      if (isKept(after, minute)) {
        rollouts.add(after);
      }
    }
    open(state, minute, rollouts, updates);
    return new Step(
        new ServiceState(
            state.service(),
            state.history(),
            state.firstSeenMillis(),
            state.lastSeenMillis(),
            rollouts),
        updates);
  }

  /** Null when the minute has nothing to say about the rollout. */
  private @Nullable Update continued(RolloutState rollout, ServiceMinute minute) {
    Map<String, Long> calls = minute.callsByVersion();
    boolean canarySeen = calls.containsKey(rollout.canary());
    boolean baselineSeen = calls.containsKey(rollout.baseline());
    if (!rollout.isOpen()) {
      return canarySeen && baselineSeen ? judge(reopened(rollout, minute), minute) : null;
    }
    RolloutState seen = rollout.seen(minute.startMillis(), canarySeen, baselineSeen);
    long silentSince = Math.min(seen.canarySeenMillis(), seen.baselineSeenMillis());
    if (minute.startMillis() - silentSince >= CLOSE_AFTER_MILLIS) {
      RolloutState closed = seen.closedAt(minute.startMillis());
      return new Update(closed, decide(closed), false);
    }
    return judge(seen, minute);
  }

  private static RolloutState reopened(RolloutState rollout, ServiceMinute minute) {
    return rollout.closedAt(null).seen(minute.startMillis(), true, true);
  }

  private static boolean isKept(RolloutState rollout, ServiceMinute minute) {
    Long closed = rollout.closedMillis();
    return closed == null || minute.startMillis() - closed < REOPEN_WITHIN_MILLIS;
  }

  private Update judge(RolloutState rollout, ServiceMinute minute) {
    RolloutJudge judge = judgeOf(rollout);
    Map<String, CrashTally> crashes =
        InitCrashes.next(rollout.crashes(), minute, rollout.canary(), rollout.baseline());
    JudgeState state =
        judge.next(
            rollout.judge(), new LookBuilder(minute, rollout.canary(), rollout.baseline()).look());
    for (InitCrash crash : InitCrashes.forJudge(crashes)) {
      state = judge.crash(state, crash);
    }
    Decision decision = judge.decide(state, context(rollout));
    boolean changed = decision.verdict() != rollout.verdict();
    return new Update(rollout.judged(state, crashes, decision.verdict()), decision, changed);
  }

  private Decision decide(RolloutState rollout) {
    return judgeOf(rollout).decide(rollout.judge(), context(rollout));
  }

  private RolloutJudge judgeOf(RolloutState rollout) {
    return new RolloutJudge(
        policy, Opening.of(rollout.canary(), rollout.baseline(), rollout.series()));
  }

  private static Context context(RolloutState rollout) {
    return rollout.verdict() == null
        ? Context.CLEAR
        : Context.CLEAR.withPrevious(rollout.verdict());
  }

  private void open(
      ServiceState state, ServiceMinute minute, List<RolloutState> rollouts, List<Update> updates) {
    Set<String> running = VersionHistory.running(state, minute.startMillis());
    String baseline = VersionHistory.baseline(state, running);
    if (baseline == null || running.size() < 2) {
      return;
    }
    for (String version : running) {
      if (isCanary(state, version, baseline, rollouts)) {
        RolloutState opened = opened(state.service(), version, baseline, minute);
        rollouts.add(opened);
        Decision decision = decide(opened);
        updates.add(
            new Update(
                opened.judged(opened.judge(), opened.crashes(), decision.verdict()),
                decision,
                true));
      }
    }
  }

  /** An older version beside a newer one is a way back, not a canary. */
  private static boolean isCanary(
      ServiceState state, String version, String baseline, List<RolloutState> rollouts) {
    return !version.equals(baseline)
        && VersionHistory.firstSeen(state, version) >= VersionHistory.firstSeen(state, baseline)
        && rollouts.stream()
            .noneMatch(r -> r.canary().equals(version) || r.baseline().equals(version));
  }

  private RolloutState opened(
      String service, String canary, String baseline, ServiceMinute minute) {
    long start = minute.startMillis();
    List<SeriesKey> series = new LookBuilder(minute, canary, baseline).series();
    JudgeState judge = new RolloutJudge(policy, Opening.of(canary, baseline, series)).start();
    return new RolloutState(
        id(service, canary, baseline, start),
        canary,
        baseline,
        series,
        start,
        null,
        start,
        start,
        judge,
        Map.of(),
        null);
  }

  /** The same for every replay of the same minutes. */
  private static String id(String service, String canary, String baseline, long openedMillis) {
    String name = String.join("\n", service, canary, baseline, Long.toString(openedMillis));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
