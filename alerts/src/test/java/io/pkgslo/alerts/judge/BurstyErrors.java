// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;

/**
 * Errors that burst on single pods, for instance while one loses a connection, in two equal
 * versions. The overdispersion is measured on the baseline's pods, from an hour before the rollout
 * on, and each look uses what was known before it.
 */
final class BurstyErrors implements Simulation.Rollout {

  private static final int CALLS_PER_POD = 200;
  private static final double RATE = 0.01;

  /** Share of a pod's minutes with a burst. */
  static final double USUAL = 0.1;

  private static final double BURST_RATE = 0.1;
  private static final int MINUTES_BEFORE = 60;

  private final Draws draws;
  private final int pods;
  private final int canaryPods;
  private final boolean tempered;
  private final double burstChance;
  private Overdispersion baseline = Overdispersion.NONE;

  BurstyErrors(Draws draws, int pods, int canaryPods, boolean tempered, double burstChance) {
    this.draws = draws;
    this.pods = pods;
    this.canaryPods = canaryPods;
    this.tempered = tempered;
    this.burstChance = burstChance;
    for (int minute = 0; minute < MINUTES_BEFORE; minute++) {
      baselineMinute();
    }
  }

  @Override
  public List<SeriesLook> minute(int minute) {
    double phi = tempered ? baseline.phi() : 1;
    int x = 0;
    for (int pod = 0; pod < canaryPods; pod++) {
      x += podErrors();
    }
    int y = baselineMinute();
    double canaryCalls = CALLS_PER_POD * (double) canaryPods;
    double baselineCalls = CALLS_PER_POD * (double) (pods - canaryPods);
    return Simulation.look(Sli.ERRORS, new Counts(x, canaryCalls, y, baselineCalls, phi));
  }

  private int baselineMinute() {
    int sum = 0;
    double squares = 0;
    for (int pod = canaryPods; pod < pods; pod++) {
      int errors = podErrors();
      sum += errors;
      squares += (double) errors * errors;
    }
    baseline = baseline.plus(pods - canaryPods, sum, squares);
    return sum;
  }

  private int podErrors() {
    return draws.binomial(CALLS_PER_POD, draws.chance(burstChance) ? BURST_RATE : RATE);
  }
}
