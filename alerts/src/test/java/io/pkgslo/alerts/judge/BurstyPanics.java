// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Panics that come in bursts of one stack on one process, as a poisoned message or a bad cache
 * entry makes them, in two equal versions. Counted as panics or as episodes: the first panic that
 * no open episode of its process and stack covers starts one of 60 s (sli.md, Panic episode).
 */
final class BurstyPanics implements Simulation.Rollout {

  private static final int PODS = 30;
  private static final int CANARY_PODS = 3;
  private static final int STACKS = 3;
  private static final double CALLS_PER_MINUTE = 20_000;
  private static final double PANICS_PER_CALL = 1e-4;
  private static final double MEAN_BURST = 5;
  private static final double MEAN_GAP_SECONDS = 4;
  private static final double EPISODE_SECONDS = 60;

  private record Panic(double second, int pod, int stack) {}

  private final Draws draws;
  private final boolean asEpisodes;
  private final List<Panic> ahead = new ArrayList<>();
  private final Map<Integer, Double> episodeEnd = new HashMap<>();

  BurstyPanics(Draws draws, boolean asEpisodes) {
    this.draws = draws;
    this.asEpisodes = asEpisodes;
  }

  @Override
  public List<SeriesLook> minute(int minute) {
    double start = minute * 60.0;
    startBursts(start);
    ahead.sort(Comparator.comparingDouble(Panic::second));
    int x = 0;
    int y = 0;
    while (!ahead.isEmpty() && ahead.get(0).second() < start + 60) {
      Panic panic = ahead.remove(0);
      if (asEpisodes && !startsEpisode(panic)) {
        continue;
      }
      if (panic.pod() < CANARY_PODS) {
        x++;
      } else {
        y++;
      }
    }
    double canary = CALLS_PER_MINUTE * CANARY_PODS / PODS;
    return Simulation.look(Sli.PANICS, Counts.of(x, canary, y, CALLS_PER_MINUTE - canary));
  }

  private void startBursts(double start) {
    int bursts = draws.poisson(CALLS_PER_MINUTE * PANICS_PER_CALL / MEAN_BURST);
    for (int i = 0; i < bursts; i++) {
      double second = start + 60 * draws.uniform();
      int pod = draws.index(PODS);
      int stack = draws.index(STACKS);
      for (int left = draws.geometric(MEAN_BURST); left > 0; left--) {
        ahead.add(new Panic(second, pod, stack));
        second += draws.exponential(MEAN_GAP_SECONDS);
      }
    }
  }

  private boolean startsEpisode(Panic panic) {
    int key = panic.pod() * STACKS + panic.stack();
    Double end = episodeEnd.get(key);
    if (end != null && panic.second() < end) {
      return false;
    }
    episodeEnd.put(key, panic.second() + EPISODE_SECONDS);
    return true;
  }
}
