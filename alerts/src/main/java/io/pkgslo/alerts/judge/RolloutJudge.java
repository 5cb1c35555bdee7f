// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import io.pkgslo.alerts.judge.JudgeState.Exclusion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges one rollout: a fold over its looks, and a decision at any moment. A pure function of
 * policy, opening, looks and context; no clock, no randomness, no state of its own. Thread-safe.
 *
 * <p>The probability that an innocent canary is ever rolled back by evidence is at most the
 * policy's alpha, however often {@link #decide} is asked (Ville's inequality), as long as the arms
 * are exchangeable; what speaks against that turns the verdict to hold.
 */
public final class RolloutJudge {

  private final Policy policy;
  private final Opening opening;
  private final Decider decider;

  /** The judge of one rollout, by the rules that were in force when it opened. */
  public RolloutJudge(Policy policy, Opening opening) {
    this.policy = policy;
    this.opening = opening;
    this.decider = new Decider(policy, opening);
  }

  /** The state before the first look. */
  public JudgeState start() {
    return JudgeState.start(policy, opening);
  }

  /**
   * One look further. A look that does not start after the latest one is counted as late and
   * changes nothing else: what was judged is never judged again.
   */
  public JudgeState next(JudgeState state, Look look) {
    Long latest = state.lastLookEpochNanos();
    if (latest != null && look.startEpochNanos() <= latest) {
      return state.withExcluded(Exclusion.LATE_LOOK, 1);
    }
    Map<Exclusion, Long> excluded = new TreeMap<>(state.excluded());
    if (look.facts().lateBuckets() > 0) {
      excluded.merge(Exclusion.LATE_LOOK, look.facts().lateBuckets(), Long::sum);
    }
    Look comparable = withoutExcluded(look, excluded);
    Claims.Admission admitted = Claims.admit(policy, state.claims(), state.arrivals(), comparable);
    Integer maxPods = max(state.maxCanaryPods(), look.facts().canaryPods());
    long number = state.looks() + 1;
    return new JudgeState(
        number,
        look.startEpochNanos(),
        fold(admitted.claims(), comparable, maxPods, number),
        admitted.arrivals(),
        state.traffic().next(look.facts().traffic(), policy.sampleRatioTolerance()),
        look.facts(),
        maxPods,
        state.crashes(),
        state.hardStop(),
        excluded);
  }

  /**
   * What is known of an init crash by now; may come between looks, so that the hard stop need not
   * wait for one.
   */
  public JudgeState crash(JudgeState state, InitCrash crash) {
    InitCrash known = state.crashes().get(crash.fingerprint());
    InitCrash merged = known == null ? crash : known.merge(crash);
    Map<String, InitCrash> crashes = new TreeMap<>(state.crashes());
    crashes.put(crash.fingerprint(), merged);
    InitCrash hardStop = state.hardStop();
    return state.withCrashes(
        crashes, hardStop == null && merged.isLoop(policy) ? merged : hardStop);
  }

  /** The verdict of the evidence so far, in a context. Asking changes nothing. */
  public Decision decide(JudgeState state, Context context) {
    return decider.decide(state, context);
  }

  /** The policy by which this rollout is judged. */
  public Policy policy() {
    return policy;
  }

  /** What was fixed when the rollout opened. */
  public Opening opening() {
    return opening;
  }

  /** The look without what is no evidence, which is counted by reason. */
  private Look withoutExcluded(Look look, Map<Exclusion, Long> excluded) {
    boolean trustworthy = look.facts().sampling().trustworthy();
    boolean warmingUp = look.facts().canaryIsYounger(policy.minPodAgeSeconds());
    List<SeriesLook> kept = new ArrayList<>(look.series().size());
    for (SeriesLook series : look.series()) {
      if (!trustworthy) {
        excluded.merge(Exclusion.SAMPLING, 1L, Long::sum);
      } else if (warmingUp && series.key().sli().kind() == Sli.Kind.SLOW) {
        excluded.merge(Exclusion.POD_AGE, 1L, Long::sum);
      } else {
        if (!series.counts().comparable() && series.counts().hasEvents()) {
          excluded.merge(Exclusion.NO_EXPOSURE, 1L, Long::sum);
        }
        kept.add(series);
      }
    }
    return new Look(look.startEpochNanos(), kept, look.facts());
  }

  private List<ClaimState> fold(
      List<ClaimState> claims, Look look, @Nullable Integer maxPods, long number) {
    Map<SeriesKey, SeriesLook> byKey = new HashMap<>();
    for (SeriesLook series : look.series()) {
      byKey.put(series.key(), series);
    }
    boolean mayReject = maxPods == null || maxPods >= policy.minCanaryPods();
    List<ClaimState> next = new ArrayList<>(claims.size());
    for (ClaimState claim : claims) {
      ClaimState after = claim.inits() == null ? claim.with(byKey, policy) : ranked(claim, look);
      next.add(mayReject ? rejectIfDue(after, look, number) : after);
    }
    return next;
  }

  private ClaimState ranked(ClaimState claim, Look look) {
    InitControl control = opening.initControls().get(claim.key().goPackage());
    List<Double> seconds = look.facts().initSeconds().get(claim.key().goPackage());
    if (control == null || seconds == null) {
      return claim;
    }
    Integer pods = look.facts().canaryPods();
    return claim.withInits(seconds, control, Math.max(2, pods == null ? 2 : pods));
  }

  private ClaimState rejectIfDue(ClaimState claim, Look look, long number) {
    if (claim.rejection() != null || !decider.passes(claim)) {
      return claim;
    }
    return claim.rejectedAt(new ClaimState.Rejection(number, look.startEpochNanos(), claim.logE()));
  }

  private static @Nullable Integer max(@Nullable Integer a, @Nullable Integer b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.max(a, b);
  }
}
