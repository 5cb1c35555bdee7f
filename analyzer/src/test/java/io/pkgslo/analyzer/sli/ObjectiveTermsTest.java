// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.analyzer.budget.ErrorBudget;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SliBucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an objective may ask for, and what is counted for it. */
class ObjectiveTermsTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long MINUTE = 60_000;
  private static final long ONE = FixedPoint.ONE;
  private static final String CART = "cart";

  private final MemoryMap map = new MemoryMap();

  private SliStage stage(ObjectiveSet objectives) {
    return new SliStage(
        new StageSettings(
            0, 10_000, 93L * 86_400_000, 60 * MINUTE, 10_000, new SubjectLimits(10, 10)),
        map,
        objectives,
        (reason, items, who) -> {});
  }

  private static ObjectiveSet only(Objective objective) {
    return ObjectiveSet.EMPTY.with(ObjectiveVersion.of(objective));
  }

  private static Objective.Builder wire(Objective.Sli sli, long thresholdNanos) {
    return TestObjectives.wire("a", sli, "0.9", thresholdNanos, 0).toBuilder();
  }

  private static void accept(SliStage stage, ObservationBlock block) {
    stage.accept(
        block,
        new SliOutput() {
          @Override
          public void bucket(SliBucket bucket) {}

          @Override
          public void closedThrough(long epochMillis) {}
        });
  }

  private static SloSnapshot slo(SliStage stage) {
    return stage.takeUnexported().subjects().get(0).slos().get(0);
  }

  private static CallCount.Builder call(int kind, boolean api, int count, double weight) {
    return CallCount.newBuilder()
        .setBucketEpochSeconds(NOON / 1_000)
        .setKind(kind)
        .setApi(api)
        .setCount(count)
        .setWeight((long) (weight * ONE));
  }

  private static ObservationBlock block(List<Long> thresholds, CallCount.Builder... calls) {
    ObservationBlock.Builder block =
        ObservationBlock.newBuilder()
            .addOrigin(Origin.newBuilder().setService("shop").setVersion("1").setProcess("p"))
            .addPackage(CART)
            .addAllLatencyThresholdNanos(thresholds);
    for (CallCount.Builder call : calls) {
      block.addCall(call);
    }
    return block.build();
  }

  /** Any threshold: the block says how much weight is above it. */
  @Test
  void latency_atAnyThreshold_isCountedExactlyAndByWeight() {
    SliStage stage = stage(only(wire(Objective.Sli.LATENCY, 250_000_001).build()));
    accept(
        stage,
        block(
            List.of(3_000_000L, 250_000_001L, 900_000_000L),
            call(1, false, 4, 20.5).addSlowWeight(12 * ONE).addSlowWeight(7 * ONE + ONE / 2),
            call(1, false, 9, 9).addSlowWeight(ONE),
            call(1, false, 5, 5)));
    assertThat(slo(stage).period()).isEqualTo(new Sums(34 * ONE + ONE / 2, 7 * ONE + ONE / 2));
  }

  /** A block from before the threshold was known: a bound of the histogram is still exact. */
  @Test
  void latency_ofABlockWithoutItsThreshold_isExactAtABound_elseAnEstimate() {
    CallCount.Builder call = call(1, false, 10, 10);
    for (int bucket = 0; bucket < 13; bucket++) {
      call.addDurationCount(bucket == 2 ? 6 : bucket == 3 ? 4 : 0);
    }
    call.addSketchIndex(LogLinear.indexOf(3_900_000)).addSketchCount(6);
    call.addSketchIndex(LogLinear.indexOf(5_000_000)).addSketchCount(4);

    SliStage bound = stage(only(wire(Objective.Sli.LATENCY, 4_000_000).build()));
    accept(bound, block(List.of(), call));
    assertThat(slo(bound).period()).isEqualTo(new Sums(10 * ONE, 4 * ONE));

    map.records.clear();
    SliStage between = stage(only(wire(Objective.Sli.LATENCY, 3_000_000).build()));
    accept(between, block(List.of(7L), call));
    assertThat(slo(between).period()).isEqualTo(new Sums(10 * ONE, 10 * ONE));
  }

  @Test
  void kinds_takeThePlaceOfApiCalls_butNoSidecarsSpan() {
    Objective clients =
        wire(Objective.Sli.AVAILABILITY, 0)
            .addKind(SpanTraits.KIND_CLIENT)
            .addKind(SpanTraits.KIND_SERVER)
            .build();
    SliStage stage = stage(only(clients));
    accept(
        stage,
        block(
            List.of(),
            call(SpanTraits.KIND_CLIENT, false, 5, 5),
            call(SpanTraits.KIND_CLIENT, false, 2, 2).setStatus(SpanTraits.STATUS_ERROR),
            call(SpanTraits.KIND_SERVER, true, 10, 10),
            call(SpanTraits.KIND_SERVER, false, 100, 100),
            call(SpanTraits.KIND_CONSUMER, true, 1_000, 1_000),
            call(SpanTraits.KIND_INTERNAL, false, 10_000, 10_000)));
    assertThat(slo(stage).period()).isEqualTo(new Sums(17 * ONE, 2 * ONE));
  }

  @Test
  void burnRate_isHeldBack_belowTheEventsThatAreAskedFor() {
    Objective guarded =
        wire(Objective.Sli.AVAILABILITY, 0).setMinValidEvents(100).setMinBadEvents(3).build();
    SliStage stage = stage(only(guarded));
    accept(stage, Observations.block().calls(CART, NOON, 99, 50).build());
    ErrorBudget few = new ErrorBudget(slo(stage));
    assertThat(few.burnRate(Window.HOUR)).isEmpty();
    assertThat(few.errorRatio(Window.HOUR)).isPresent();
    assertThat(few.consumed()).isPresent();
    assertThat(few.secondsToExhaustion()).isEmpty();

    accept(stage, Observations.block().calls(CART, NOON, 1, 0).build());
    assertThat(new ErrorBudget(slo(stage)).burnRate(Window.HOUR)).hasValue(5);
  }

  @Test
  void excludedEvents_countNeitherInWindowsNorInTotals() {
    Objective excluding =
        wire(Objective.Sli.AVAILABILITY, 0)
            .addExclusion(
                Exclusion.newBuilder().setStartMillis(NOON).setEndMillis(NOON + 20 * MINUTE))
            .build();
    SliStage stage = stage(only(excluding));
    accept(
        stage,
        Observations.block()
            .calls(CART, NOON - 10_000, 3, 1)
            .calls(CART, NOON, 100, 50)
            .calls(CART, NOON + 20 * MINUTE, 4, 0)
            .build());
    SloSnapshot slo = slo(stage);
    // The last of them is in the bucket of 12:15 for the period, which is left out whole.
    assertThat(slo.period()).isEqualTo(new Sums(3 * ONE, ONE));
    assertThat(slo.windows().get(0)).isEqualTo(new Sums(7 * ONE, ONE));
    assertThat(slo.validTotal()).isEqualTo(7 * ONE);
    assertThat(slo.badTotal()).isEqualTo(ONE);
  }

  /** The topic forgets the version of before; the stage does not. */
  @Test
  void eventsAreJudgedByTheVersionOfTheirTime_afterARestartToo() {
    Objective before = wire(Objective.Sli.LATENCY, 4_000_000).build();
    Objective after =
        before.toBuilder().setThresholdNanos(8_000_000).setEffectiveFromMillis(NOON).build();
    SliStage stage = stage(only(before));
    accept(stage, Observations.block().calls(CART, NOON - 20_000, 1, 0).build());
    stage.objectives(only(before).with(ObjectiveVersion.of(after)));
    accept(stage, Observations.block().through(NOON).build());

    SliStage restarted = stage(only(after));
    accept(
        restarted,
        Observations.block()
            .calls(CART, NOON - 10_000, 10, SpanTraits.STATUS_UNSET, false, 5_000_000)
            .calls(CART, NOON, 100, SpanTraits.STATUS_UNSET, false, 5_000_000)
            .build());
    assertThat(slo(restarted).period()).isEqualTo(new Sums(111 * ONE, 10 * ONE));
  }

  @Test
  void nonsense_isRefusedWithItsReason() {
    assertRefused(wire(Objective.Sli.LATENCY, 0), "a: latency needs a threshold");
    assertRefused(wire(Objective.Sli.AVAILABILITY, 0).setTarget("1"), "target must be in [0, 1)");
    assertRefused(wire(Objective.Sli.AVAILABILITY, 0).setTarget("x"), "target is no decimal: x");
    assertRefused(wire(Objective.Sli.AVAILABILITY, 0).addKind(6), "span kind must be 0 to 5");
    assertRefused(
        wire(Objective.Sli.AVAILABILITY, 0)
            .setBudgetingMethod(Objective.BudgetingMethod.RATIO_TIMESLICES)
            .setSliceSeconds(90),
        "a slice must be whole minutes");
    assertRefused(
        wire(Objective.Sli.AVAILABILITY, 0).addExclusion(Exclusion.newBuilder().setStartMillis(1)),
        "an interval must end after its start");
    assertRefused(wire(Objective.Sli.RUNTIME, 0), "unknown runtime metric ''");
    assertRefused(
        wire(Objective.Sli.AVAILABILITY, 0).setPeriodSeconds(91 * 86_400), "at most 90 d");
  }

  private static void assertRefused(Objective.Builder objective, String reason) {
    assertThatThrownBy(() -> ObjectiveVersion.of(objective.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
