// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.Objective;

/** The three objectives that every package has, and others. */
public final class TestObjectives {
  public static final long WEEK_SECONDS = 604_800;

  private TestObjectives() {}

  public static ObjectiveSet defaults() {
    return ObjectiveSet.EMPTY
        .with(version("init-latency", Objective.Sli.INIT_LATENCY, "0.95", 120_000_000, 0))
        .with(version("panic-rate", Objective.Sli.PANIC_RATE, "0.99997", 0, 0))
        .with(version("availability", Objective.Sli.AVAILABILITY, "0.999", 0, 0));
  }

  public static ObjectiveVersion version(
      String id, Objective.Sli sli, String target, long thresholdNanos, long fromMillis) {
    return ObjectiveVersion.of(wire(id, sli, target, thresholdNanos, fromMillis));
  }

  public static Objective wire(
      String id, Objective.Sli sli, String target, long thresholdNanos, long fromMillis) {
    return Objective.newBuilder()
        .setId(id)
        .setSli(sli)
        .setTarget(target)
        .setPeriodSeconds(WEEK_SECONDS)
        .setThresholdNanos(thresholdNanos)
        .setEffectiveFromMillis(fromMillis)
        .build();
  }
}
