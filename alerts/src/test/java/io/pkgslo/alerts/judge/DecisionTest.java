// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static io.pkgslo.alerts.judge.TestRollouts.ERRORS;
import static io.pkgslo.alerts.judge.TestRollouts.EXAMPLE;
import static io.pkgslo.alerts.judge.TestRollouts.PANICS;
import static io.pkgslo.alerts.judge.TestRollouts.PRICING;
import static io.pkgslo.alerts.judge.TestRollouts.after;
import static io.pkgslo.alerts.judge.TestRollouts.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {

  private static final Counts BAD = Counts.of(2, 50, 0, 450);
  private static final Counts GOOD = Counts.of(2, 200, 18, 1_800);
  private static final Counts QUIET = Counts.of(0, 500, 0, 4_500);
  private static final InitCrash LOOP = new InitCrash("beef", PRICING, 2, 1, 0, EXAMPLE);

  private static Decision decide(Counts each, int looks, Context context) {
    RolloutJudge judge = judge();
    return judge.decide(after(judge, looks, each), context);
  }

  @Test
  void rollback_saysWhatWhereAndHowSure() {
    Decision decision = decide(BAD, 2, Context.CLEAR);
    // Four events at a tenth of the calls: the mean of (r / (1 + 0.1 (r - 1)))^4 is 197.
    assertThat(decision.reason())
        .isEqualTo(
            "rollback: panics in github.com/acme/shop/pricing are up: 4 episodes in 100 calls on"
                + " v1.5.0 against 0 in 900 on v1.4.0 over 2 looks; evidence 1:200 against a"
                + " threshold of 1:100 (alpha 1 %)");
    assertThat(decision.verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(decision.rule()).isEqualTo(Rule.EVIDENCE);
    assertThat(decision.goPackage()).isEqualTo(PRICING);
    assertThat(decision.examples()).containsExactly(EXAMPLE);
  }

  /** Every panic is an error too, and then some: more errors, stronger evidence, no stack. */
  @Test
  void rollback_namesThePanic_whenItsErrorsAreFoundAtTheSameLook() {
    RolloutJudge judge = judge(Policy.DEFAULT, ERRORS, PANICS);
    Look look =
        new Look(
            60_000_000_000L,
            List.of(
                new SeriesLook(ERRORS, Counts.of(40, 500, 0, 4_500)),
                new SeriesLook(PANICS, Counts.of(20, 500, 0, 4_500), List.of(EXAMPLE))),
            LookFacts.UNKNOWN.withPods(3, 27));
    Decision decision = judge.decide(judge.next(judge.start(), look), Context.CLEAR);
    assertThat(decision.reason())
        .startsWith("rollback: panics in github.com/acme/shop/pricing are up: 20 episodes");
    assertThat(decision.examples()).containsExactly(EXAMPLE);
  }

  static Stream<Arguments> reasonsNotToAct() {
    return Stream.of(
        Arguments.of(Context.CLEAR.withDataAge(31), Rule.DATA_STALE, "data is stale"),
        Arguments.of(
            Context.CLEAR.withArmsUnknown("arm not seen"), Rule.ARMS_UNKNOWN, "arm not seen"),
        Arguments.of(
            Context.CLEAR.withDeploy(true, 0, 0, false), Rule.SCHEMA_MIGRATION, "schema migration"),
        Arguments.of(
            Context.CLEAR.withDeploy(false, 600, 0, false), Rule.COOL_DOWN, "active for 10 min"),
        Arguments.of(
            Context.CLEAR.withDeploy(false, 0, 1, false), Rule.LOOP_GUARD, "rolled back 1 time"),
        Arguments.of(
            Context.CLEAR.withSharedFailures(List.of(PANICS)),
            Rule.BASELINE_FAILS_TOO,
            "v1.4.0 shows the same failure"));
  }

  @ParameterizedTest
  @MethodSource("reasonsNotToAct")
  void rollback_withAReasonNotToAct_holdsAndAsks(Context context, Rule rule, String reason) {
    Decision decision = decide(BAD, 5, context);
    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.rule()).isEqualTo(rule);
    assertThat(decision.reason()).contains("are up", "not rolled back automatically", reason);
    assertThat(decision.asksForPerson()).isTrue();
  }

  @Test
  void rollback_onceGiven_staysWhateverStandsAgainstIt() {
    Context stale = Context.CLEAR.withDataAge(3_600).withPrevious(Verdict.ROLLBACK);
    assertThat(decide(BAD, 5, stale).verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(decide(QUIET, 5, stale).rule()).isEqualTo(Rule.LATCHED);
  }

  @Test
  void rollback_askedOfAPerson() {
    Context migration = Context.CLEAR.withDeploy(true, 0, 0, false);
    PersonsWord yes =
        new PersonsWord(
            PersonsWord.Answer.APPROVE_ROLLBACK, "ann@acme", 1, "migration is additive");
    PersonsWord no = new PersonsWord(PersonsWord.Answer.REFUSE_ROLLBACK, "ann@acme", 1, "");
    Decision approved = decide(BAD, 5, migration.withWord(yes));
    assertThat(approved.verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(approved.reason()).contains("approved by ann@acme (migration is additive)");
    assertThat(decide(BAD, 5, Context.CLEAR.withWord(no)).verdict()).isEqualTo(Verdict.HOLD);
  }

  @Test
  void onePod_capsAtHold_untilASecondOneComes() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 5, BAD, LookFacts.UNKNOWN.withPods(1, 9));
    Decision decision = judge.decide(state, Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.rule()).isEqualTo(Rule.ONE_POD);
    JudgeState two = judge.next(state, TestRollouts.look(6, PANICS, BAD));
    assertThat(judge.decide(two, Context.CLEAR).verdict()).isEqualTo(Verdict.ROLLBACK);
  }

  @Test
  void onePod_isNotPromoted() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 60, QUIET, LookFacts.UNKNOWN.withPods(1, 9));
    assertThat(judge.decide(state, Context.CLEAR).rule()).isEqualTo(Rule.ONE_POD);
  }

  /** Before the first look, with one pod: the hard stop needs no more than the crashes. */
  @Test
  void hardStop_firesAtOnce() {
    RolloutJudge judge = judge();
    Decision decision = judge.decide(judge.crash(judge.start(), LOOP), Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(decision.rule().id()).isEqualTo("init-crash-loop");
    assertThat(decision.reason())
        .isEqualTo(
            "rollback: init crash loop in github.com/acme/shop/pricing on v1.5.0: 2 processes and"
                + " 1 restart with stack beef, which v1.4.0 has never shown (hard stop, beside"
                + " alpha)");
    assertThat(decision.examples()).containsExactly(EXAMPLE);
  }

  @Test
  void hardStop_needsALoopThatTheBaselineDoesNotShow() {
    RolloutJudge judge = judge();
    InitCrash once = new InitCrash("beef", PRICING, 1, 2, 0, null);
    InitCrash shared = new InitCrash("beef", PRICING, 5, 9, 1, null);
    assertThat(judge.crash(judge.start(), once).hardStop()).isNull();
    assertThat(judge.crash(judge.start(), shared).hardStop()).isNull();
    JudgeState grown = judge.crash(judge.crash(judge.start(), once), LOOP);
    assertThat(grown.hardStop()).isNotNull();
  }

  @Test
  void baselineThatGotWorseItself_holds() {
    Opening opening =
        new Opening(
            "v1.5.0",
            "v1.4.0",
            Opening.Control.CONCURRENT,
            List.of(PANICS),
            Map.of(PANICS, 1.0),
            Map.of(),
            Map.of(PANICS, new Opening.Before(3, 100_000)));
    RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, opening);
    JudgeState both = after(judge, 20, Counts.of(20, 500, 40, 4_500));
    assertThat(judge.decide(both, Context.CLEAR).rule()).isEqualTo(Rule.BASELINE_FAILS_TOO);
    JudgeState canary = after(judge, 20, Counts.of(20, 500, 0, 4_500));
    assertThat(judge.decide(canary, Context.CLEAR).verdict()).isEqualTo(Verdict.ROLLBACK);
  }

  @Test
  void promote_proven() {
    Decision decision = decide(GOOD, 40, Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.PROMOTE);
    assertThat(decision.rule()).isEqualTo(Rule.PROVEN);
    assertThat(decision.reason())
        .startsWith("promote: proven for 1 of 1 series after 40 looks: v1.5.0 is at most 1.")
        .contains("limit 2.0, confidence 95 % at all looks");
  }

  @Test
  void promote_byPolicy_fromMinCallsOn() {
    assertThat(decide(QUIET, 19, Context.CLEAR).rule()).isEqualTo(Rule.INSUFFICIENT_EVIDENCE);
    Decision decision = decide(QUIET, 20, Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.PROMOTE);
    assertThat(decision.reason())
        .isEqualTo(
            "promote: no adverse evidence in 10,000 calls on v1.5.0 over 20 looks (by policy from"
                + " 10,000 calls on; not proven)");
  }

  @Test
  void promote_byPolicy_ifThePolicyAllowsIt() {
    RolloutJudge judge = judge(Policy.DEFAULT.toBuilder().promoteByPolicy(false).build(), PANICS);
    JudgeState state = after(judge, 60, QUIET);
    assertThat(judge.decide(state, Context.CLEAR).verdict()).isEqualTo(Verdict.HOLD);
  }

  /** Failure to reject is not safety: a suspicion holds, however many calls there were. */
  @Test
  void promote_notWithAdverseEvidence() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 30, QUIET);
    state = judge.next(state, TestRollouts.look(31, PANICS, Counts.of(2, 500, 0, 4_500)));
    Decision decision = judge.decide(state, Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.rule()).isEqualTo(Rule.ADVERSE_EVIDENCE);
    assertThat(decision.reason())
        .startsWith("hold: the looks speak rather against than for v1.5.0 after 31 looks");
  }

  @Test
  void noData_neverPromotes() {
    RolloutJudge judge = judge();
    assertThat(judge.decide(judge.start(), Context.CLEAR).rule()).isEqualTo(Rule.NO_DATA);
    JudgeState alone = after(judge, 60, Counts.of(0, 5_000, 0, 0));
    assertThat(judge.decide(alone, Context.CLEAR).rule()).isEqualTo(Rule.NO_DATA);
    assertThat(decide(QUIET, 60, Context.CLEAR.withDataAge(31)).reason())
        .isEqualTo("hold: data is stale: the newest is 31 s old, allowed are 30 s");
  }

  static Stream<Arguments> budgets() {
    return Stream.of(
        Arguments.of(0.12, false, Verdict.PROMOTE),
        Arguments.of(0.09, false, Verdict.HOLD),
        Arguments.of(0.09, true, Verdict.PROMOTE),
        Arguments.of(0.0, true, Verdict.HOLD),
        Arguments.of(-0.4, false, Verdict.HOLD));
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void budget_gatesPromotion(double remaining, boolean fix, Verdict verdict) {
    Context context =
        Context.CLEAR
            .withBudget(new Budget(remaining, "7 d", 2_400.0, null))
            .withDeploy(false, 0, 0, fix);
    assertThat(decide(GOOD, 40, context).verdict()).isEqualTo(verdict);
    assertThat(decide(BAD, 40, context).verdict()).isEqualTo(Verdict.ROLLBACK);
  }

  @Test
  void budget_isToldInNumbers() {
    Context context = Context.CLEAR.withBudget(new Budget(0.09, "7 d", 2_400.0, 0.31));
    assertThat(decide(GOOD, 40, context).reason())
        .isEqualTo(
            "hold: 9 % of the 7 d budget left, gone in 40 min at the current burn; this release has"
                + " spent 31 %; only a fix may be promoted");
    assertThat(decide(BAD, 2, context).reason()).contains("this release has spent 31 %");
  }

  @Test
  void trafficThatIsLost_holds() {
    LookFacts lost =
        LookFacts.UNKNOWN.withPods(3, 27).withTraffic(new LookFacts.Traffic(20, 9_980, 0.1, 1));
    RolloutJudge judge = judge();
    Decision decision = judge.decide(after(judge, 40, GOOD, lost), Context.CLEAR);
    assertThat(decision.rule()).isEqualTo(Rule.TRAFFIC_DROP);
    assertThat(decision.reason()).contains("0.2 % of the calls, configured are 10 %");
  }

  @Test
  void sampleRatioThatIsWrong_holdsEvenARollback() {
    LookFacts wrong =
        LookFacts.UNKNOWN.withPods(3, 27).withTraffic(new LookFacts.Traffic(3_000, 7_000, 0.1, 1));
    RolloutJudge judge = judge();
    assertThat(judge.decide(after(judge, 5, BAD, wrong), Context.CLEAR).rule())
        .isEqualTo(Rule.SAMPLE_RATIO);
  }

  @Test
  void freeze_holdsEverything() {
    PersonsWord freeze = new PersonsWord(PersonsWord.Answer.FREEZE, "bob", 1, "Black Friday");
    assertThat(decide(GOOD, 40, Context.CLEAR.withWord(freeze)).reason())
        .isEqualTo("hold: frozen by bob (Black Friday)");
  }

  @Test
  void archivedControl_isToldAsSuch() {
    Opening opening =
        new Opening(
            "v1.5.0",
            "v1.4.0",
            Opening.Control.ARCHIVED,
            List.of(PANICS),
            Map.of(PANICS, 1.0),
            Map.of(),
            Map.of());
    RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, opening);
    assertThat(judge.decide(after(judge, 2, BAD), Context.CLEAR).reason())
        .endsWith("; the control is archived, not concurrent");
  }

  @Test
  void incident_isOneFailureInSeveralServices() {
    Decision bad = decide(BAD, 3, Context.CLEAR);
    Decision held = decide(BAD, 3, Context.CLEAR.withDeploy(true, 0, 0, false));
    Decision good = decide(GOOD, 40, Context.CLEAR);
    assertThat(Incident.among(Map.of("shop/a", bad, "shop/b", held, "shop/c", good)))
        .containsExactly(new Incident(PRICING, "f00d", List.of("shop/a", "shop/b")));
    assertThat(Incident.among(Map.of("shop/a", bad, "shop/c", good))).isEmpty();
  }
}
