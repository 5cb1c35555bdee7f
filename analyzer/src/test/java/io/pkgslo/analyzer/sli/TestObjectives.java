// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CalendarPeriod;
import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.RuntimeCondition;

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

  static ObjectiveVersion runtime(String id, String metric, String above, int slices) {
    return ObjectiveVersion.of(
        wire(id, Objective.Sli.RUNTIME, "0.99", 0, 0).toBuilder()
            .setRuntime(
                RuntimeCondition.newBuilder()
                    .setMetric(metric)
                    .setAbove(above)
                    .setConsecutiveSlices(slices))
            .build());
  }

  /** The defaults, and one of each thing that an objective may ask for. */
  static ObjectiveSet ofEveryKind(long nowMillis) {
    Objective slices =
        wire("slices", Objective.Sli.AVAILABILITY, "0.99", 0, 0).toBuilder()
            .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
            .setSliceSeconds(120)
            .setSliceTarget("0.8")
            .addKind(SpanTraits.KIND_SERVER)
            .build();
    Objective inits =
        wire("inits", Objective.Sli.INIT_LATENCY, "0.9", 50_000_000, 0).toBuilder()
            .addBucketNanos(20_000_000)
            .addBucketNanos(150_000_000)
            .build();
    Objective ratios =
        wire("ratios", Objective.Sli.LATENCY, "0.99", 1_000_000, 0).toBuilder()
            .setBudgetingMethod(Objective.BudgetingMethod.RATIO_TIMESLICES)
            .setSliceSeconds(300)
            .addBucketNanos(1_000_000)
            .addBucketNanos(3_000_000)
            .addBreachNanos(2_000_000)
            .setCalendar(
                CalendarPeriod.newBuilder()
                    .setStart("2026-11-20 11:00:00")
                    .setTimeZone("Europe/Berlin")
                    .setUnit(CalendarPeriod.Unit.DAY)
                    .setCount(1))
            .build();
    Objective excluding =
        wire("excluding", Objective.Sli.PANIC_RATE, "0.99", 0, 0).toBuilder()
            .addExclusion(
                Exclusion.newBuilder()
                    .setStartMillis(nowMillis + 100_000)
                    .setEndMillis(nowMillis + 400_000))
            .build();
    return defaults()
        .with(ObjectiveVersion.of(slices))
        .with(ObjectiveVersion.of(inits))
        .with(ObjectiveVersion.of(ratios))
        .with(ObjectiveVersion.of(excluding))
        .with(runtime("goroutines", "go.goroutine.count", "5000", 1))
        .with(runtime("heap", "go.memory.used", "3000", 2))
        .with(runtime("pauses", "go.memory.gc.pause.total", "0.5", 1));
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
