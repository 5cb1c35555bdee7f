// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.ledger.Arms;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rollout, one step further: a look, a crash, an order, or only a question. */
final class RolloutJudging {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Budgets budgets;
  private final long coolDownMillis;

  RolloutJudging(RolloutRules rules) {
    this.budgets = rules.budgets();
    this.coolDownMillis = rules.settings().coolDown().toMillis();
  }

  /** One minute more. */
  Update look(
      ServiceState service, RolloutState rollout, ServiceMinute minute, long late, Occasion why) {
    LookBuilder builder = new LookBuilder(minute, rollout, new Archives(service.archives()));
    Look look = builder.look(late);
    Arms arms =
        new Arms(
            builder.canary().facts(rollout.arms().canary()),
            builder.baseline().facts(rollout.arms().baseline()));
    RolloutJudge judge = rollout.judgeOf();
    Map<String, CrashTally> tallies = InitCrashes.next(rollout, minute.buckets());
    List<InitCrash> crashes = InitCrashes.news(tallies, rollout.judge());
    JudgeState state = judge.next(rollout.judge(), look);
    for (InitCrash crash : crashes) {
      state = judge.crash(state, crash);
    }
    long end = minute.startMillis() + ServiceMinute.LENGTH_MILLIS;
    RolloutState next = watched(rollout.with(arms).with(state, tallies), builder, minute);
    return decided(service, next, new Step(why, end, Update.JUDGE, look, crashes));
  }

  /** Crashes that are told before their minute is over; null when they are known. */
  @Nullable Update crash(
      ServiceState service, RolloutState rollout, SliBucket report, long millis) {
    Map<String, CrashTally> tallies = InitCrashes.next(rollout, List.of(report));
    List<InitCrash> crashes = InitCrashes.news(tallies, rollout.judge());
    if (crashes.isEmpty()) {
      return null;
    }
    JudgeState state = rollout.judge();
    for (InitCrash crash : crashes) {
      state = rollout.judgeOf().crash(state, crash);
    }
    return decided(
        service,
        rollout.with(state, tallies),
        new Step(Occasion.CRASH, millis, asks(report), null, crashes));
  }

  /** The ledger says what a hard stop rests on. */
  static String asks(SliBucket report) {
    boolean early = report.getExampleList().stream().anyMatch(PanicExample::getEarly);
    return early ? Update.JUDGE_EARLY : Update.JUDGE;
  }

  /** Nothing new in the evidence, but in what surrounds it. */
  Update asked(
      ServiceState service, RolloutState rollout, Occasion why, long millis, String askedBy) {
    return decided(service, rollout, new Step(why, millis, askedBy, null, List.of()));
  }

  private record Step(
      Occasion occasion,
      long millis,
      String askedBy,
      @Nullable Look look,
      List<InitCrash> crashes) {}

  private Update decided(ServiceState service, RolloutState rollout, Step step) {
    Context context = context(service, rollout, step.millis());
    Decision decision = rollout.judgeOf().decide(rollout.judge(), context);
    Outcome before = rollout.outcome();
    Outcome outcome =
        before == null
            ? Outcome.first(decision, step.millis())
            : before.next(decision, step.millis());
    return new Update(
        rollout.with(outcome),
        step.occasion(),
        step.millis(),
        step.askedBy(),
        step.look(),
        step.crashes(),
        context,
        decision,
        before == null || before.differs(decision));
  }

  private Context context(ServiceState service, RolloutState rollout, long millis) {
    Marker marker = rollout.marker();
    int rollbacks = service.rollbacks(release(rollout), rollout.id());
    Context context =
        Context.CLEAR.withDeploy(
            marker.schemaMigration(),
            coolDownSeconds(service, rollout, millis),
            rollbacks,
            marker.fix());
    if (!rollout.course().canaryWasSeen() && rollout.judge().hardStop() == null) {
      context =
          context.withArmsUnknown(
              "arm not seen: " + rollout.canary().label() + " has had no call yet");
    }
    Budget budget = budgets.of(service.service(), rollout.canary().version());
    if (budget != null) {
      context = context.withBudget(forgiving(budget, marker.forgiven(), millis));
    }
    if (rollout.word() != null) {
      context = context.withWord(rollout.word());
    }
    return rollout.outcome() == null ? context : context.withPrevious(rollout.outcome().verdict());
  }

  /** What is left of the time after the last rollback of another release of the service. */
  private double coolDownSeconds(ServiceState service, RolloutState rollout, long millis) {
    long left = 0;
    for (RolloutState other : service.rollouts()) {
      Outcome outcome = other.outcome();
      if (outcome != null
          && outcome.verdict() == Verdict.ROLLBACK
          && !other.id().equals(rollout.id())) {
        left = Math.max(left, outcome.sinceMillis() + coolDownMillis - millis);
      }
    }
    return coolDownMillis == 0 ? 0 : left / MILLIS_PER_SECOND;
  }

  /** More than all of a budget cannot be left. */
  private static Budget forgiving(Budget budget, Marker.@Nullable Forgiven forgiven, long millis) {
    return forgiven == null
        ? budget
        : new Budget(
            Math.min(1, budget.remainingRatio() + forgiven.at(millis)),
            budget.period(),
            budget.exhaustedInSeconds(),
            budget.spentByReleaseRatio());
  }

  /** What tells one release from another: the digest, or else the name. */
  static String release(RolloutState rollout) {
    String said = rollout.marker().digest();
    String seen = rollout.arms().canary().digest();
    if (said != null) {
      return said;
    }
    return seen == null ? rollout.canary().label() : seen;
  }

  /**
   * After a rollback: harmless is a minute in which the canary had no call, or no event of the
   * claim that it was rolled back for.
   */
  private static RolloutState watched(
      RolloutState rollout, LookBuilder builder, ServiceMinute minute) {
    Outcome outcome = rollout.outcome();
    if (outcome == null || !outcome.isRecovering()) {
      return rollout;
    }
    boolean harmless = !builder.canary().hasCalls() || !harms(outcome.failing(), builder);
    return rollout.with(outcome.watched(minute.startMillis(), harmless));
  }

  private static boolean harms(@Nullable SeriesKey failing, LookBuilder builder) {
    if (failing == null
        || failing.sli().kind() == Sli.Kind.SLOW
        || failing.sli().kind() == Sli.Kind.INIT_LATENCY) {
      return true;
    }
    PackageSums sums = builder.canary().sums().getOrDefault(failing.goPackage(), PackageSums.NONE);
    return OpeningBuilder.events(failing.sli(), sums) > 0;
  }
}
