// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.Nullable;

/** The reasons not to act automatically, in the order in which they are told. */
final class Blockers {

  private final Policy policy;
  private final Opening opening;

  Blockers(Policy policy, Opening opening) {
    this.policy = policy;
    this.opening = opening;
  }

  /**
   * What stands against an automatic rollback.
   *
   * @param failing the claim that is to be rolled back for; absent for the hard stop, for which
   *     pods and sampling do not matter
   */
  @Nullable Blocker ofRollback(JudgeState state, Context context, @Nullable SeriesKey failing) {
    Blocker data = ofData(context);
    if (data != null) {
      return data;
    }
    if (context.schemaMigration()) {
      return new Blocker(
          Rule.SCHEMA_MIGRATION, "the deploy is marked as carrying a schema migration");
    }
    if (context.coolDownSeconds() > 0) {
      return new Blocker(
          Rule.COOL_DOWN, "a cool-down is active for " + Words.duration(context.coolDownSeconds()));
    }
    if (context.rollbacksOfDigest() >= policy.maxRollbacksPerDigest()) {
      return new Blocker(
          Rule.LOOP_GUARD,
          "the same digest was already rolled back "
              + Words.times(context.rollbacksOfDigest(), "time"));
    }
    if (state.hardStop() != null || failing == null) {
      return null;
    }
    if (baselineFailsToo(state, context, failing)) {
      return new Blocker(
          Rule.BASELINE_FAILS_TOO,
          "the baseline " + opening.baseline() + " shows the same failure");
    }
    return ofArms(state);
  }

  /** What stands against a promotion. */
  @Nullable Blocker ofPromotion(JudgeState state, Context context) {
    Blocker data = ofData(context);
    if (data != null) {
      return data;
    }
    if (state.claims().stream().noneMatch(Blockers::hasData)) {
      return new Blocker(
          Rule.NO_DATA,
          "no look in which both "
              + opening.canary()
              + " and "
              + opening.baseline()
              + " had calls");
    }
    Blocker arms = ofArms(state);
    if (arms != null) {
      return arms;
    }
    if (state.traffic().drop(policy.alpha())) {
      return new Blocker(
          Rule.TRAFFIC_DROP, opening.canary() + " lost its traffic: " + split(state));
    }
    Blocker budget = ofBudget(context);
    return budget == null ? ofInits(state) : budget;
  }

  private @Nullable Blocker ofData(Context context) {
    String unknown = context.armsUnknown();
    if (unknown != null) {
      return new Blocker(Rule.ARMS_UNKNOWN, unknown);
    }
    if (context.dataAgeSeconds() > policy.maxDataAgeSeconds()) {
      return new Blocker(
          Rule.DATA_STALE,
          "data is stale: the newest is "
              + Words.duration(context.dataAgeSeconds())
              + " old, allowed are "
              + Words.duration(policy.maxDataAgeSeconds()));
    }
    return null;
  }

  private @Nullable Blocker ofArms(JudgeState state) {
    Integer pods = state.maxCanaryPods();
    if (pods != null && pods < policy.minCanaryPods()) {
      return new Blocker(
          Rule.ONE_POD,
          Words.times(pods, "canary pod")
              + " cannot tell a bad version from a bad pod, needed are "
              + policy.minCanaryPods());
    }
    if (!state.facts().sampling().trustworthy()) {
      return new Blocker(
          Rule.SAMPLING,
          state.facts().sampling() == Sampling.ERROR_BIASED
              ? "sampling prefers failed items, so no rate can be compared"
              : "the arms are sampled at different rates");
    }
    TrafficWatch traffic = state.traffic();
    if (traffic.mismatch(policy.alpha()) && !traffic.drop(policy.alpha())) {
      return new Blocker(Rule.SAMPLE_RATIO, "the arms are not exchangeable: " + split(state));
    }
    return null;
  }

  private static String split(JudgeState state) {
    TrafficWatch traffic = state.traffic();
    Double weight = traffic.canaryWeight();
    return "it got "
        + Words.percent(StrictMath.rint(traffic.observedShare() * 1e4) / 1e4)
        + " of the calls, configured are "
        + Words.percent(weight == null ? 0 : weight);
  }

  private @Nullable Blocker ofBudget(Context context) {
    Budget budget = context.budget();
    if (budget == null) {
      return null;
    }
    if (budget.remainingRatio() <= 0) {
      return new Blocker(Rule.BUDGET_EXHAUSTED, Explanation.budget(budget));
    }
    return budget.remainingRatio() < policy.lowBudgetRatio() && !context.fix()
        ? new Blocker(Rule.BUDGET_LOW, Explanation.budget(budget) + "; only a fix may be promoted")
        : null;
  }

  private @Nullable Blocker ofInits(JudgeState state) {
    for (ClaimState claim : state.claims()) {
      InitControl control = opening.initControls().get(claim.key().goPackage());
      InitEvidence inits = claim.inits();
      if (inits != null && control != null && inits.breaksObjective(control)) {
        return new Blocker(
            Rule.INIT_OBJECTIVE,
            Words.count(inits.slowInits())
                + " of "
                + Words.count(inits.canarySeconds().size())
                + " inits of "
                + claim.key().goPackage()
                + " took longer than the objective's "
                + Words.ratio(control.thresholdSeconds())
                + " s");
      }
    }
    return null;
  }

  private static boolean hasData(ClaimState claim) {
    return claim.members().stream().anyMatch(member -> member.evidence().looks() > 0);
  }

  /**
   * The baseline fails in the same way when it is reported so, or when its own rate has risen since
   * the opening by the evidence that would roll a canary back.
   */
  private boolean baselineFailsToo(JudgeState state, Context context, SeriesKey failing) {
    for (ClaimState claim : state.claims()) {
      if (!claim.key().equals(failing)) {
        continue;
      }
      if (context.sharedFailures().contains(failing)) {
        return true;
      }
      for (MemberState member : claim.members()) {
        Opening.Before before = opening.before().get(member.key());
        if (context.sharedFailures().contains(member.key())
            || (before != null && hasRisen(member.evidence(), before))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasRisen(CountEvidence now, Opening.Before before) {
    if (now.baselineCalls() == 0) {
      return false;
    }
    Counts counts =
        new Counts(
            now.baselineEvents(), now.baselineCalls(), before.events(), before.calls(), now.phi());
    double logE = CountEvidence.START.next(counts, policy.delta(), policy.deltaMax()).logE();
    return logE >= -StrictMath.log(policy.alpha());
  }
}
