// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The rows of "Figures to reach" in rollback-statistics.md: 60 looks of one minute, alpha 1 %, 10 %
 * of the calls. Every bound is the exact one-sided 99 % bound of the simulated share. The seeds are
 * fixed; {@code -Dpkgslo.simulate.runs=N} plays N rollouts per row instead of those of the gate.
 */
class SimulationTest {

  private static MonteCarlo.Found panics(double share, double ratio, int runs, long seed) {
    return show(
        "panics x%s, w = %.3f".formatted(ratio, share),
        Simulation.play(
            Simulation.judge(share, Sli.PANICS),
            Simulation.runs(runs),
            seed,
            draws -> new RareEvents(draws, Sli.PANICS, 20_000, 0.1, 1e-4, ratio)));
  }

  private static MonteCarlo.Found errors(double share, double ratio, int runs, long seed) {
    return show(
        "errors x%s, w = %.3f".formatted(ratio, share),
        Simulation.play(
            Simulation.judge(share, Sli.ERRORS),
            Simulation.runs(runs),
            seed,
            draws -> new RareEvents(draws, Sli.ERRORS, 2_000, 0.1, 0.01, ratio)));
  }

  private static MonteCarlo.Found latency(
      double slowdown, double slowPods, double factor, int runs, long seed) {
    return show(
        "latency x%s, %.0f %% of pods x%s".formatted(slowdown, 100 * slowPods, factor),
        Simulation.play(
            Simulation.judge(1, SwingingLatency.thresholds()),
            Simulation.runs(runs),
            seed,
            draws -> new SwingingLatency(draws, slowdown, slowPods, factor)));
  }

  private static MonteCarlo.Found bursts(boolean asEpisodes, int runs, long seed) {
    return show(
        "panic bursts, counted as " + (asEpisodes ? "episodes" : "panics"),
        Simulation.play(
            Simulation.judge(1, Sli.PANICS),
            Simulation.runs(runs),
            seed,
            draws -> new BurstyPanics(draws, asEpisodes)));
  }

  private static MonteCarlo.Found errorBursts(
      int pods, int canaryPods, boolean tempered, int runs, long seed) {
    return errorBursts(pods, canaryPods, tempered, BurstyErrors.USUAL, runs, seed);
  }

  private static MonteCarlo.Found errorBursts(
      int pods, int canaryPods, boolean tempered, double chance, int runs, long seed) {
    return show(
        "error bursts in %.0f %% of minutes, %d of %d pods, %s"
            .formatted(100 * chance, canaryPods, pods, tempered ? "tempered" : "not tempered"),
        Simulation.play(
            Simulation.judge(1, Sli.ERRORS),
            Simulation.runs(runs),
            seed,
            draws -> new BurstyErrors(draws, pods, canaryPods, tempered, chance)));
  }

  private static MonteCarlo.Found show(String row, MonteCarlo.Found found) {
    System.out.println(row + ": " + found);
    return found;
  }

  @Test
  void panics_withoutChange() {
    assertThat(panics(1, 1, 4_000, 11).atMost()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void panics_tripled() {
    MonteCarlo.Found found = panics(1, 3, 20_000, 100_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.95);
    assertThat(found.soonerShare(23)).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void panics_tenfold() {
    MonteCarlo.Found found = panics(1, 10, 5_000, 200_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.999);
    assertThat(found.soonerShare(3)).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void panics_withOneThirdOfAlpha() {
    assertThat(panics(1 / 3.0, 1, 2_000, 300_000).atMost()).isLessThanOrEqualTo(0.01);
    assertThat(panics(1 / 3.0, 3, 8_000, 310_000).atLeast()).isGreaterThanOrEqualTo(0.9);
    assertThat(panics(1 / 3.0, 10, 5_000, 320_000).atLeast()).isGreaterThanOrEqualTo(0.999);
  }

  @Test
  void panics_withOneThirtiethOfAlpha() {
    assertThat(panics(1 / 30.0, 1, 2_000, 330_000).atMost()).isLessThanOrEqualTo(0.01);
    assertThat(panics(1 / 30.0, 3, 8_000, 340_000).atLeast()).isGreaterThanOrEqualTo(0.78);
    assertThat(panics(1 / 30.0, 10, 5_000, 350_000).atLeast()).isGreaterThanOrEqualTo(0.999);
  }

  @Test
  void errors_withoutChange() {
    assertThat(errors(1, 1, 4_000, 400_000).atMost()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void errors_halfAsManyAgain() {
    MonteCarlo.Found found = errors(1, 1.5, 5_000, 500_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.88);
    assertThat(found.soonerShare(28)).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void errors_doubled() {
    MonteCarlo.Found found = errors(1, 2, 5_000, 600_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.999);
    assertThat(found.soonerShare(9)).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void errors_tripled() {
    MonteCarlo.Found found = errors(1, 3, 5_000, 700_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.999);
    assertThat(found.soonerShare(4)).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void errors_withLessOfAlpha() {
    assertThat(errors(1 / 3.0, 1, 1_000, 710_000).atMost()).isLessThanOrEqualTo(0.01);
    assertThat(errors(1 / 3.0, 2, 5_000, 720_000).atLeast()).isGreaterThanOrEqualTo(0.999);
    assertThat(errors(1 / 30.0, 2, 5_000, 730_000).atLeast()).isGreaterThanOrEqualTo(0.999);
  }

  @Test
  void latency_underSharedLoadSwings() {
    assertThat(latency(1, 0, 1, 1_000, 800_000).atMost()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void latency_threeTenthsMoreUnderSharedLoadSwings() {
    MonteCarlo.Found found = latency(1.3, 0, 1, 1_000, 900_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.99);
    assertThat(found.soonerShare(4)).isGreaterThanOrEqualTo(0.5);
  }

  /** One pod of six hangs on a dead dependency; the median of the canary hardly moves. */
  @Test
  void latency_partOfTheFleetThirtyTimesSlower() {
    MonteCarlo.Found found = latency(1, 0.17, 30, 1_000, 1_000_000);
    assertThat(found.atLeast()).isGreaterThanOrEqualTo(0.99);
    assertThat(found.soonerShare(4)).isGreaterThanOrEqualTo(0.5);
  }

  /**
   * Counted as panics, the same rollouts show that bursts are the enemy that the text describes.
   */
  @Test
  void panicBursts_asEpisodes() {
    assertThat(bursts(false, 500, 1_100_000).atLeast()).isGreaterThan(0.15);
    assertThat(bursts(true, 4_000, 1_200_000).atMost()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void errorBursts_onOnePodOfTen() {
    assertThat(errorBursts(10, 1, false, 500, 1_300_000).atLeast()).isGreaterThan(0.3);
    assertThat(errorBursts(10, 1, true, 5_000, 1_400_000).atMost()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void errorBursts_onThreePodsOfThirty() {
    assertThat(errorBursts(30, 3, false, 500, 1_500_000).atLeast()).isGreaterThan(0.3);
    assertThat(errorBursts(30, 3, true, 3_000, 1_600_000).atMost()).isLessThanOrEqualTo(0.01);
  }

  /** The limit that RATIONALE.md names: these are above alpha, and no further than it says. */
  @Test
  void errorBursts_thatAreRare_areAFewTimesAlpha() {
    assertThat(errorBursts(10, 1, true, 0.05, 3_000, 2_000_000).atMost()).isLessThan(0.03);
    assertThat(errorBursts(10, 1, true, 0.02, 3_000, 2_100_000).atMost()).isLessThan(0.05);
  }

  /**
   * Five series that come one after the other, paid by the others or from what was held back: all
   * together stay within alpha.
   */
  @Test
  void seriesThatComeLater_stayWithinAlpha() {
    for (Policy.LaterFunding funding : Policy.LaterFunding.values()) {
      Policy policy = Policy.DEFAULT.toBuilder().laterFunding(funding).laterShare(0.5).build();
      int runs = Simulation.runs(1_500);
      int wrong = 0;
      for (int run = 0; run < runs; run++) {
        wrong += rejectsAny(policy, new Draws(1_900_000L + run)) ? 1 : 0;
      }
      assertThat(MonteCarlo.upperBound(wrong, runs)).isLessThanOrEqualTo(0.01);
    }
  }

  private static boolean rejectsAny(Policy policy, Draws draws) {
    SeriesKey first = new SeriesKey("p0", Sli.ERRORS);
    RolloutJudge judge = new RolloutJudge(policy, Opening.of("v2", "v1", List.of(first)));
    JudgeState state = judge.start();
    RareEvents events = new RareEvents(draws, Sli.ERRORS, 2_000, 0.1, 0.003, 1);
    for (int minute = 1; minute <= 30; minute++) {
      List<SeriesLook> series = new ArrayList<>();
      for (int i = 0; i < Math.min(5, 1 + minute / 4); i++) {
        Counts counts = events.minute(minute).get(0).counts();
        series.add(new SeriesLook(new SeriesKey("p" + i, Sli.ERRORS), counts));
      }
      state = judge.next(state, new Look(minute, series));
    }
    return state.claims().stream().anyMatch(claim -> claim.rejection() != null);
  }

  /**
   * The proof of a promotion needs about 20 canary events at 10 % of the calls, and a canary that
   * is three times as bad is not promoted by proof more often than beta allows.
   */
  @Test
  void promotion_isProvenAndErrsWithinBeta() {
    int runs = Simulation.runs(2_000);
    int wrong = 0;
    int proven = 0;
    double threshold = ConfidenceBounds.logThreshold(Policy.DEFAULT.beta());
    for (int run = 0; run < runs; run++) {
      wrong += provenWithin(1_700_000L + run, 2, threshold) ? 1 : 0;
      proven += provenWithin(1_800_000L + run, 1, threshold) ? 1 : 0;
    }
    assertThat(MonteCarlo.upperBound(wrong, runs)).isLessThanOrEqualTo(Policy.DEFAULT.beta());
    assertThat(MonteCarlo.lowerBound(proven, runs)).isGreaterThan(0.99);
  }

  private static boolean provenWithin(long seed, double ratio, double threshold) {
    RareEvents rollout = new RareEvents(new Draws(seed), Sli.ERRORS, 2_000, 0.1, 0.01, ratio);
    CountEvidence evidence = CountEvidence.START;
    for (int minute = 1; minute <= Simulation.LOOKS; minute++) {
      evidence = evidence.next(rollout.minute(minute).get(0).counts(), 1, 2);
      if (evidence.logBetter() >= threshold) {
        return true;
      }
    }
    return false;
  }
}
