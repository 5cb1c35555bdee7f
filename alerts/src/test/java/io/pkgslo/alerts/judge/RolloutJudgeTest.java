// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static io.pkgslo.alerts.judge.TestRollouts.CART;
import static io.pkgslo.alerts.judge.TestRollouts.ERRORS;
import static io.pkgslo.alerts.judge.TestRollouts.PANICS;
import static io.pkgslo.alerts.judge.TestRollouts.PRICING;
import static io.pkgslo.alerts.judge.TestRollouts.after;
import static io.pkgslo.alerts.judge.TestRollouts.judge;
import static io.pkgslo.alerts.judge.TestRollouts.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.alerts.judge.JudgeState.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutJudgeTest {

  private static final Counts BAD = Counts.of(2, 50, 0, 450);
  private static final Counts GOOD = Counts.of(2, 200, 18, 1_800);

  private static double shareOf(JudgeState state, SeriesKey key) {
    return state.claims().stream()
        .filter(claim -> claim.key().equals(key))
        .mapToDouble(ClaimState::share)
        .sum();
  }

  /** Two packages with 45 % each; the first splits its part over panics, errors and slow calls. */
  @Test
  void start_sharesAlphaByPackageAndSli() {
    JudgeState state =
        judge(
                Policy.DEFAULT,
                PANICS,
                ERRORS,
                new SeriesKey(PRICING, Sli.slow("128ms")),
                new SeriesKey(PRICING, Sli.slow("250ms")),
                new SeriesKey(CART, Sli.PANICS))
            .start();
    assertThat(state.claims()).hasSize(4);
    assertThat(shareOf(state, PANICS)).isCloseTo(0.15, within(1e-15));
    assertThat(shareOf(state, new SeriesKey(PRICING, Sli.slow("")))).isCloseTo(0.15, within(1e-15));
    assertThat(shareOf(state, new SeriesKey(CART, Sli.PANICS))).isCloseTo(0.45, within(1e-15));
  }

  /** 10 % / (1 x 2) for the first package seen later, 10 % / (2 x 3) for the second. */
  @Test
  void next_sharesTheRestWithLaterPackages() {
    RolloutJudge judge = judge(Policy.DEFAULT, PANICS);
    SeriesKey second = new SeriesKey(CART, Sli.PANICS);
    SeriesKey third = new SeriesKey("github.com/acme/shop/tax", Sli.PANICS);
    JudgeState state = judge.next(judge.start(), look(1, second, GOOD));
    state = judge.next(state, look(2, third, GOOD));
    assertThat(shareOf(state, PANICS)).isCloseTo(0.9, within(1e-15));
    assertThat(shareOf(state, second)).isCloseTo(0.05, within(1e-15));
    assertThat(shareOf(state, third)).isCloseTo(0.1 / 6, within(1e-15));
  }

  /** The average of the thresholds at each look, not the best of them. */
  @Test
  void next_averagesThresholdsOfSlowCalls() {
    SeriesKey low = new SeriesKey(PRICING, Sli.slow("64ms"));
    SeriesKey high = new SeriesKey(PRICING, Sli.slow("250ms"));
    RolloutJudge judge = judge(Policy.DEFAULT, low, high);
    Look look =
        new Look(
            1,
            List.of(
                new SeriesLook(low, Counts.of(50, 100, 450, 900)),
                new SeriesLook(high, Counts.of(5, 100, 0, 900))));
    ClaimState claim = judge.next(judge.start(), look).claims().get(0);
    double mean =
        (Math.exp(claim.members().get(0).evidence().logE())
                + Math.exp(claim.members().get(1).evidence().logE()))
            / 2;
    assertThat(claim.logE()).isCloseTo(Math.log(mean), within(1e-12));
  }

  @Test
  void rollback_isLatched() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 3, BAD);
    assertThat(judge.decide(state, Context.CLEAR).verdict()).isEqualTo(Verdict.ROLLBACK);
    for (int minute = 4; minute <= 100; minute++) {
      state = judge.next(state, look(minute, PANICS, Counts.of(0, 50, 40, 450)));
    }
    Decision later = judge.decide(state, Context.CLEAR);
    assertThat(state.claims().get(0).logE()).isNegative();
    assertThat(later.verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(later.logE()).isGreaterThan(Math.log(100));
    assertThat(later.reason()).endsWith("decided at look 2");
  }

  @Test
  void next_lookThatComesLateOrTwice_isNeverJudgedAgain() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 2, GOOD);
    JudgeState twice = judge.next(state, look(2, PANICS, BAD));
    assertThat(twice.claims()).isEqualTo(state.claims());
    assertThat(twice.looks()).isEqualTo(2);
    assertThat(twice.excluded()).isEqualTo(Map.of(Exclusion.LATE_LOOK, 1L));
  }

  @Test
  void next_excludesDurationsOfAWarmingCanary() {
    SeriesKey slow = new SeriesKey(PRICING, Sli.slow("250ms"));
    RolloutJudge judge = judge(Policy.DEFAULT, slow);
    LookFacts warming = LookFacts.UNKNOWN.withPodAges(30, 86_400);
    LookFacts bothYoung = LookFacts.UNKNOWN.withPodAges(30, 35);
    JudgeState state = judge.next(judge.start(), look(1, slow, BAD, warming));
    assertThat(state.claims().get(0).logE()).isZero();
    assertThat(state.excluded()).isEqualTo(Map.of(Exclusion.POD_AGE, 1L));
    assertThat(judge.next(state, look(2, slow, BAD, bothYoung)).claims().get(0).logE())
        .isPositive();
  }

  @Test
  void next_excludesCountsUnderUnequalSampling() {
    RolloutJudge judge = judge();
    LookFacts biased = LookFacts.UNKNOWN.withSampling(Sampling.ERROR_BIASED);
    JudgeState state = judge.next(judge.start(), look(1, PANICS, BAD, biased));
    assertThat(state.claims().get(0).logE()).isZero();
    assertThat(state.excluded()).isEqualTo(Map.of(Exclusion.SAMPLING, 1L));
    state = judge.next(state, look(2, PANICS, GOOD));
    Decision decision =
        judge.decide(judge.next(state, look(3, PANICS, GOOD, biased)), Context.CLEAR);
    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.rule()).isEqualTo(Rule.SAMPLING);
  }

  @Test
  void next_ofALongRollout_keepsTheStateSmall() {
    RolloutJudge judge = judge();
    JudgeState state = after(judge, 5_000, GOOD);
    assertThat(state.claims().get(0).members().get(0).evidence().bins().bins()).hasSize(1);
  }

  /**
   * Four inits of 900 ms against archived ones around 100 ms: p = 1 / C(24, 4), objective broken.
   */
  @Test
  void initLatency_slowerThanArchived_rollsBack() {
    List<Double> archived = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      archived.add(0.09 + i / 1_000.0);
    }
    SeriesKey inits = new SeriesKey(PRICING, Sli.INIT_LATENCY);
    Opening opening =
        new Opening(
            "v1.5.0",
            "v1.4.0",
            Opening.Control.CONCURRENT,
            List.of(inits),
            Map.of(),
            Map.of(PRICING, new InitControl(archived, 0.12, 0.95)),
            Map.of());
    RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, opening);
    LookFacts facts =
        LookFacts.UNKNOWN
            .withPods(4, 20)
            .withInits(Map.of(PRICING, List.of(0.9, 0.91, 0.92, 0.93)));
    Decision slow =
        judge.decide(judge.next(judge.start(), new Look(1, List.of(), facts)), Context.CLEAR);
    assertThat(slow.verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(slow.evidence().get(0).initP()).isCloseTo(1 / 10_626.0, within(1e-12));
    assertThat(slow.reason()).contains("not concurrent");

    LookFacts withinObjective =
        facts.withInits(Map.of(PRICING, List.of(0.115, 0.116, 0.117, 0.118)));
    Decision slower =
        judge.decide(
            judge.next(judge.start(), new Look(1, List.of(), withinObjective)), Context.CLEAR);
    assertThat(slower.verdict()).isEqualTo(Verdict.HOLD);
  }

  /** Three tests cost 1/2, 1/6 and 1/12 of the claim's alpha. */
  @Test
  void initEvidence_testsOncePerArmSize() {
    InitControl control = new InitControl(List.of(1.0, 2.0, 3.0), 10, 0.95);
    InitEvidence two = InitEvidence.START.next(List.of(4.0), control, 2);
    assertThat(two.tests()).isZero();
    two = two.next(List.of(5.0), control, 2);
    assertThat(two.tests()).isEqualTo(1);
    assertThat(two.logEvidence()).isCloseTo(Math.log(10) - Math.log(2), within(1e-12));
    InitEvidence three = two.next(List.of(6.0), control, 3);
    assertThat(three.tests()).isEqualTo(2);
    assertThat(three.logEvidence()).isCloseTo(Math.log(10) - Math.log(2), within(1e-12));
    assertThat(three.latestP()).isCloseTo(1 / 20.0, within(1e-12));
  }

  @Test
  void trafficWatch_findsAWrongSplitAndALostCanary() {
    LookFacts.Traffic right = new LookFacts.Traffic(1_020, 8_980, 0.1, 4);
    LookFacts.Traffic wrong = new LookFacts.Traffic(2_000, 8_000, 0.1, 4);
    LookFacts.Traffic lost = new LookFacts.Traffic(0, 10_000, 0.1, 4);
    TrafficWatch watch = TrafficWatch.START;
    for (int look = 0; look < 200; look++) {
      watch = watch.next(right, 0.2);
    }
    assertThat(watch.mismatch(0.01)).isFalse();
    assertThat(watch.next(wrong, 0.2).mismatch(0.01)).isTrue();
    assertThat(watch.next(wrong, 0.2).drop(0.01)).isFalse();
    assertThat(watch.next(lost, 0.2).drop(0.01)).isTrue();
    LookFacts.Traffic nextStep = new LookFacts.Traffic(2_510, 7_490, 0.25, 4);
    assertThat(watch.next(nextStep, 0.2).looks()).isEqualTo(1);
  }

  @Test
  void overdispersion_ofPods() {
    assertThat(Overdispersion.NONE.phi()).isEqualTo(1);
    assertThat(Overdispersion.NONE.plus(4, 8, 16).phi()).isEqualTo(1);
    // Counts 0, 0, 0, 8: mean 2, squared deviations 4 + 4 + 4 + 36 = 48, by 3 is 16, by 2 is 8.
    assertThat(Overdispersion.NONE.plus(4, 8, 64).phi()).isEqualTo(8);
    // One pod, minutes 1 and 5: mean 3, variance 8.
    assertThat(Overdispersion.NONE.plus(1, 1, 1).plus(1, 5, 25).phi())
        .isCloseTo(8 / 3.0, within(1e-12));
  }
}
