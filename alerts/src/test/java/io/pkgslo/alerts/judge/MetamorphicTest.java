// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metamorphic properties of rollback-statistics.md. */
class MetamorphicTest {

  private static final SeriesKey ERRORS = new SeriesKey("p", Sli.ERRORS);
  private static final SeriesKey PANICS = new SeriesKey("q", Sli.PANICS);

  private static List<Counts> looks(long seed, double ratio) {
    RareEvents events = new RareEvents(new Draws(seed), Sli.ERRORS, 2_000, 0.1, 0.01, ratio);
    List<Counts> looks = new ArrayList<>();
    for (int minute = 1; minute <= 40; minute++) {
      looks.add(events.minute(minute).get(0).counts());
    }
    return looks;
  }

  private static CountEvidence after(List<Counts> looks) {
    CountEvidence evidence = CountEvidence.START;
    for (Counts look : looks) {
      evidence = evidence.next(look, 1, 2);
    }
    return evidence;
  }

  /** Calls in thousands, in pairs or one by one: only their ratio between the arms counts. */
  @Test
  void scalingUnits_changesNothing() {
    for (double unit : new double[] {1e-3, 2, 1e6}) {
      List<Counts> scaled =
          looks(1, 1.5).stream()
              .map(
                  c ->
                      Counts.of(
                          c.canaryEvents(),
                          c.canaryCalls() * unit,
                          c.baselineEvents(),
                          c.baselineCalls() * unit))
              .toList();
      assertThat(after(scaled).logE()).isCloseTo(after(looks(1, 1.5)).logE(), within(1e-9));
      assertThat(after(scaled).logBetter())
          .isCloseTo(after(looks(1, 1.5)).logBetter(), within(1e-9));
    }
  }

  @Test
  void splittingALook_changesNothing() {
    List<Counts> halves = new ArrayList<>();
    for (Counts c : looks(2, 2)) {
      double nc = c.canaryCalls();
      double nb = c.baselineCalls();
      halves.add(Counts.of(c.canaryEvents(), nc * 0.25, 0, nb * 0.25));
      halves.add(Counts.of(0, nc * 0.75, c.baselineEvents(), nb * 0.75));
    }
    assertThat(after(halves).logE()).isCloseTo(after(looks(2, 2)).logE(), within(1e-9));
  }

  /** With half of the calls each, the arms of an A/A test are rejected alike. */
  @Test
  void swappingTheArmsOfAnAaTest_changesNothingInDistribution() {
    int runs = 1_500;
    double[] sums = new double[2];
    double squares = 0;
    for (int run = 0; run < runs; run++) {
      RareEvents events = new RareEvents(new Draws(9_000L + run), Sli.ERRORS, 400, 0.5, 0.02, 1);
      CountEvidence straight = CountEvidence.START;
      CountEvidence turned = CountEvidence.START;
      for (int minute = 1; minute <= 10; minute++) {
        Counts c = events.minute(minute).get(0).counts();
        straight = straight.next(c, 1, 2);
        turned =
            turned.next(
                Counts.of(c.baselineEvents(), c.baselineCalls(), c.canaryEvents(), c.canaryCalls()),
                1,
                2);
      }
      double difference = straight.logE() - turned.logE();
      sums[0] += difference;
      squares += difference * difference;
      sums[1] += straight.logE() > turned.logE() ? 1 : 0;
    }
    double deviation = Math.sqrt(squares / runs);
    assertThat(sums[0] / runs)
        .isBetween(-4 * deviation / Math.sqrt(runs), 4 * deviation / Math.sqrt(runs));
    assertThat(sums[1] / runs).isBetween(0.5 - 2 / Math.sqrt(runs), 0.5 + 2 / Math.sqrt(runs));
  }

  @Test
  void aMetricThatAppearsLater_neverUnrejects() {
    for (Policy.LaterFunding funding : Policy.LaterFunding.values()) {
      Policy policy = Policy.DEFAULT.toBuilder().laterFunding(funding).build();
      RolloutJudge judge = new RolloutJudge(policy, Opening.of("b", "a", List.of(ERRORS)));
      JudgeState state = judge.start();
      Verdict before = Verdict.HOLD;
      int look = 0;
      for (Counts counts : looks(3, 3)) {
        look++;
        List<SeriesLook> series = new ArrayList<>(List.of(new SeriesLook(ERRORS, counts)));
        if (look > 15) {
          series.add(new SeriesLook(PANICS, Counts.of(0, 1_000, 90, 1_000)));
        }
        state = judge.next(state, new Look(look, series));
        Verdict now = judge.decide(state, Context.CLEAR).verdict();
        assertThat(before == Verdict.ROLLBACK && now != Verdict.ROLLBACK).isFalse();
        before = now;
      }
      assertThat(before).isEqualTo(Verdict.ROLLBACK);
    }
  }

  @Test
  void replay_isIdentical() {
    RolloutJudge judge =
        new RolloutJudge(Policy.DEFAULT, Opening.of("b", "a", List.of(ERRORS, PANICS)));
    JudgeState first = judge.start();
    JudgeState second = judge.start();
    int look = 0;
    for (Counts counts : looks(4, 1.4)) {
      Look next = new Look(++look, List.of(new SeriesLook(ERRORS, counts)));
      first = judge.next(first, next);
      second = judge.next(second, next);
    }
    assertThat(first).isEqualTo(second);
    assertThat(judge.decide(first, Context.CLEAR)).isEqualTo(judge.decide(second, Context.CLEAR));
  }
}
