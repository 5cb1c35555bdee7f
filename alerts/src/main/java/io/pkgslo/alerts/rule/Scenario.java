// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A course of traffic, and when to look at the alerts.
 *
 * @param checks minutes, multiples of 15, at which windows of all widths end
 * @param pipelineTurns whether pkgslo's heartbeat goes on
 */
record Scenario(String name, List<Phase> phases, List<Integer> checks, boolean pipelineTurns) {

  private static final int QUIET_MINUTES = 60;
  private static final int SLOW_MINUTES = 300;
  private static final int FAST_MINUTES = 60;
  private static final int OUTAGE_MINUTES = 45;
  private static final int RECOVERY_MINUTES = 60;
  private static final int SILENT_MINUTES = 390;
  private static final Duration LONGEST_SILENCE = Duration.ofDays(1);
  private static final long ENOUGH_BAD_EVENTS = 200;

  Scenario {
    phases = List.copyOf(phases);
    checks = List.copyOf(checks);
  }

  /** Quiet, slow burn, fast burn, outage and recovery, no traffic, and no data at all. */
  static List<Scenario> of(Slo slo) {
    Load load = Load.of(slo);
    Phase quiet = load.burning(QUIET_MINUTES, load.quiet());
    List<Scenario> scenarios = new ArrayList<>();
    Collections.addAll(
        scenarios,
        scenario("quiet", List.of(quiet, quiet), 120),
        scenario("slow burn", List.of(quiet, load.burning(SLOW_MINUTES, load.slow())), 60, 360),
        scenario("fast burn", List.of(quiet, load.burning(FAST_MINUTES, load.fast())), 60, 120),
        scenario(
            "outage and recovery",
            List.of(quiet, load.outage(OUTAGE_MINUTES), load.burning(RECOVERY_MINUTES, 0)),
            60,
            105,
            165),
        scenario("no traffic", List.of(quiet, new Phase(SILENT_MINUTES, 0, 0)), 450));
    NoDataAlert noData = slo.alerting().noData();
    if (noData != null && noData.after().compareTo(LONGEST_SILENCE) <= 0) {
      // A quarter of an hour for the alert's own delay, and on to the next quarter.
      long quarters = noData.after().toMinutes() / 15 + 2;
      Phase silence = new Phase((int) (quarters * 15), 0, 0);
      scenarios.add(ended("no data any more", quiet, silence, true));
      if (slo.isCounted()) {
        scenarios.add(ended("no data because pkgslo has stopped", quiet, silence, false));
      }
    }
    return scenarios;
  }

  private static Scenario scenario(String name, List<Phase> phases, Integer... checks) {
    return new Scenario(name, phases, List.of(checks), true);
  }

  private static Scenario ended(String name, Phase quiet, Phase silence, boolean pipelineTurns) {
    return new Scenario(
        name,
        List.of(quiet, silence),
        List.of(quiet.minutes(), quiet.minutes() + silence.minutes()),
        pipelineTurns);
  }

  /**
   * How much traffic, and burn rates on the right sides of an objective's factors.
   *
   * @param perMinute valid events
   * @param budget share of bad events that the target allows
   * @param quiet burn rate below every factor
   * @param slow burn rate above the lowest factor only
   * @param fast burn rate above every factor
   */
  private record Load(long perMinute, double budget, double quiet, double slow, double fast) {
    static Load of(Slo slo) {
      double budget = BigDecimal.ONE.subtract(slo.target()).doubleValue();
      long perMinute = 1;
      while (perMinute * budget < ENOUGH_BAD_EVENTS) {
        perMinute *= 10;
      }
      double[] factors =
          BurnAlerts.tiers(slo).stream()
              .mapToDouble(tier -> tier.factor(slo.period()).doubleValue())
              .sorted()
              .distinct()
              .toArray();
      double most = 1 / budget;
      if (factors.length == 0) {
        return new Load(perMinute, budget, 0.2 * most, 0.5 * most, 0.8 * most);
      }
      double lowest = factors[0];
      double next = factors.length == 1 ? most : factors[1];
      double highest = factors[factors.length - 1];
      return new Load(
          perMinute,
          budget,
          Math.min(0.4, 0.4 * lowest),
          Math.sqrt(lowest * next),
          Math.min(1.5 * highest, (highest + most) / 2));
    }

    Phase burning(int minutes, double burn) {
      return new Phase(minutes, perMinute, Math.round(burn * budget * perMinute));
    }

    Phase outage(int minutes) {
      return new Phase(minutes, perMinute, perMinute);
    }
  }
}
