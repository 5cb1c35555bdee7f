// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.analyzer.sli.TestStage;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.BurnRate;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import org.junit.jupiter.api.Test;

/** What a reader of {@code pkgslo.subjects} finds; ratios worked by hand, the period is 7 days. */
class SubjectStatesTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static SubjectState state(ObjectiveSet objectives) throws InvalidProtocolBufferException {
    TestStage stage = new TestStage(objectives);
    stage.accept(Observations.block().calls("cart", NOON, 10, 1).through(NOON + 1_000).build());
    byte[] bytes = new SubjectStates().encode(stage.takeUnexported().subjects().get(0));
    return SubjectState.parseFrom(bytes);
  }

  private static SloState slo(SubjectState state, String id) {
    return state.getSloList().stream()
        .filter(slo -> slo.getSlo().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void subject_hasItsNamesAndCounts() throws InvalidProtocolBufferException {
    SubjectState state = state(TestObjectives.defaults());

    assertThat(state.getService()).isEqualTo("shop/checkout");
    assertThat(state.getVersion()).isEqualTo("1.4.0");
    assertThat(state.getPackage()).isEqualTo("cart");
    assertThat(state.getCalls()).isEqualTo(10 * FixedPoint.ONE);
    assertThat(state.getErrors()).isEqualTo(FixedPoint.ONE);
    assertThat(state.getLastSeenEpochMillis()).isEqualTo(NOON);
    assertThat(state.getSloList())
        .extracting(SloState::getSlo)
        .containsExactlyInAnyOrder("availability", "panic-rate");
  }

  /** One of 10 failed, 0.01 of 10 were allowed: 100 budgets. */
  @Test
  void badEvents_burnInEveryWindow() throws InvalidProtocolBufferException {
    SloState slo = slo(state(TestObjectives.defaults()), "availability");

    assertThat(slo.getTarget()).isEqualTo("0.999");
    assertThat(slo.getPeriodSeconds()).isEqualTo(604_800);
    assertThat(slo.getValid()).isEqualTo(10 * FixedPoint.ONE);
    assertThat(slo.getBad()).isEqualTo(FixedPoint.ONE);
    assertThat(slo.getBudgetRemaining()).isEqualTo(-99.0, within(1e-9));
    assertThat(slo.getDegraded()).isTrue();
    assertThat(slo.getSecondsToExhaustion()).isZero();
    assertThat(slo.getBurnRateList())
        .extracting(BurnRate::getWindow)
        .containsExactly("5m", "30m", "1h", "2h", "6h", "1d", "3d", "7d");
    assertThat(slo.getBurnRateList())
        .allSatisfy(
            burn -> {
              assertThat(burn.getBurnRate()).isEqualTo(100.0, within(1e-9));
              assertThat(burn.getErrorRatio()).isEqualTo(0.1, within(1e-12));
            });
  }

  @Test
  void goodEventsAlone_haveBurnRatesOfZero() throws InvalidProtocolBufferException {
    SloState slo = slo(state(TestObjectives.defaults()), "panic-rate");

    assertThat(slo.getBudgetRemaining()).isEqualTo(1);
    assertThat(slo.hasSecondsToExhaustion()).isFalse();
    assertThat(slo.getDegraded()).isFalse();
    assertThat(slo.getBurnRateList())
        .hasSize(8)
        .allMatch(burn -> burn.getBurnRate() == 0 && burn.getErrorRatio() == 0);
  }

  @Test
  void manyObjectives_areAllThere() throws InvalidProtocolBufferException {
    ObjectiveSet objectives = ObjectiveSet.EMPTY;
    for (int i = 0; i < 300; i++) {
      objectives =
          objectives.with(
              TestObjectives.version("o-" + i, Objective.Sli.AVAILABILITY, "0.999", 0, 0));
    }
    assertThat(state(objectives).getSloList())
        .hasSize(300)
        .allMatch(slo -> slo.getBurnRateCount() == 8);
  }
}
