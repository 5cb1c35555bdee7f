// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BudgetViewTest {
  private static SubjectState subject(
      String service, String version, String slo, long valid, long bad) {
    return SubjectState.newBuilder()
        .setService(service)
        .setVersion(version)
        .setPackage("p")
        .addSlo(
            SloState.newBuilder()
                .setSlo(slo)
                .setTarget("0.99")
                .setPeriodSeconds(7 * 86_400)
                .setValid(valid * FixedPoint.ONE)
                .setBad(bad * FixedPoint.ONE))
        .build();
  }

  private static Budget budget(List<SubjectState> subjects) {
    return Objects.requireNonNull(new BudgetView(() -> subjects).of("shop", "v2"));
  }

  /** 1 % of 10,000 are 100 bad events; 40 are spent, 30 of them by the release. */
  @Test
  void versionsShareABudget_andTheReleaseSpentItsPart() {
    Budget budget =
        budget(
            List.of(
                subject("shop", "v1", "availability", 9_000, 10),
                subject("shop", "v2", "availability", 1_000, 30)));

    assertThat(budget.remainingRatio()).isCloseTo(0.6, within(1e-9));
    assertThat(budget.spentByReleaseRatio()).isCloseTo(0.3, within(1e-9));
    assertThat(budget.period()).isEqualTo("7 d");
  }

  @Test
  void tightestObjective_decides() {
    Budget budget =
        budget(
            List.of(
                subject("shop", "v1", "availability", 9_000, 10),
                subject("shop", "v1", "latency", 1_000, 15),
                subject("other", "v1", "latency", 1_000, 1_000)));

    assertThat(budget.remainingRatio()).isCloseTo(-0.5, within(1e-9));
    assertThat(budget.spentByReleaseRatio()).isZero();
  }

  @Test
  void noData_isNoBudget() {
    assertThat(new BudgetView(List::of).of("shop", "v2")).isNull();
    assertThat(
            new BudgetView(() -> List.of(subject("shop", "v1", "latency", 0, 0))).of("shop", "v2"))
        .isNull();
  }
}
