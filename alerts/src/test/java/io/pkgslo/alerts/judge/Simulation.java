// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plays rollouts of 60 looks through the judge and notes at which minute it rolls back. */
final class Simulation {

  static final int LOOKS = 60;
  static final String PACKAGE = "github.com/acme/shop/pricing";

  /** Multiplies the runs of every simulation: -Dpkgslo.simulate.runs=100000 is the long run. */
  private static final int RUNS = Integer.getInteger("pkgslo.simulate.runs", 0);

  private Simulation() {}

  /** One rollout as it happens, minute by minute. */
  interface Rollout {
    List<SeriesLook> minute(int minute);
  }

  /** The runs of the gate, or those asked for. */
  static int runs(int inTheGate) {
    return RUNS > 0 ? RUNS : inTheGate;
  }

  /** A judge whose only claim has this part of alpha. */
  static RolloutJudge judge(double share, Sli... slis) {
    List<SeriesKey> series = Arrays.stream(slis).map(sli -> new SeriesKey(PACKAGE, sli)).toList();
    Map<SeriesKey, Double> shares = Map.of(ClaimState.claimOf(series.get(0)), share);
    return new RolloutJudge(
        Policy.DEFAULT,
        new Opening("v2", "v1", Opening.Control.CONCURRENT, series, shares, Map.of(), Map.of()));
  }

  static MonteCarlo.Found play(
      RolloutJudge judge, int runs, long seed, Function<Draws, Rollout> rollouts) {
    int[] minutes = new int[runs];
    int found = 0;
    for (int run = 0; run < runs; run++) {
      int minute = play(judge, rollouts.apply(new Draws(seed + run)));
      if (minute > 0) {
        minutes[found++] = minute;
      }
    }
    int[] sorted = Arrays.copyOf(minutes, found);
    Arrays.sort(sorted);
    return new MonteCarlo.Found(runs, sorted);
  }

  /** The minute of the rollback, or 0. */
  private static int play(RolloutJudge judge, Rollout rollout) {
    JudgeState state = judge.start();
    for (int minute = 1; minute <= LOOKS; minute++) {
      state = judge.next(state, new Look(minute, rollout.minute(minute)));
      if (state.claims().get(0).rejection() != null) {
        return minute;
      }
    }
    return 0;
  }

  static List<SeriesLook> look(Sli sli, Counts counts) {
    return List.of(new SeriesLook(new SeriesKey(PACKAGE, sli), counts));
  }
}
