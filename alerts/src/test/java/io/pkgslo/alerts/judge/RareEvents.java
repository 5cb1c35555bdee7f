// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;

/**
 * Independent events at a constant rate per call, in a service whose load is split at random
 * between the arms.
 *
 * @param sli what the events are
 * @param callsPerMinute of both arms together
 * @param canaryShare of the calls
 * @param rate events per call of the baseline
 * @param ratio the canary's rate by the baseline's
 */
record RareEvents(
    Draws draws, Sli sli, int callsPerMinute, double canaryShare, double rate, double ratio)
    implements Simulation.Rollout {

  @Override
  public List<SeriesLook> minute(int minute) {
    Load.Minute load = Load.minute(draws, callsPerMinute, canaryShare);
    int canary = load.canaryCalls();
    int calls = canary + load.baselineCalls();
    int x = draws.binomial(canary, rate * ratio);
    int y = draws.binomial(calls - canary, rate);
    return Simulation.look(sli, Counts.of(x, canary, y, calls - canary));
  }
}
