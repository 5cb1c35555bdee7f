// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import org.junit.jupiter.api.Test;

class PackageViewTest {
  @Test
  void wholeCounts_haveNoFraction() {
    assertThat(PackageView.items(1_000L << 20).toPlainString()).isEqualTo("1000");
    assertThat(PackageView.items(0).toPlainString()).isEqualTo("0");
  }

  @Test
  void fractions_areExact() {
    assertThat(PackageView.items((1L << 20) + (1L << 18)).toPlainString()).isEqualTo("1.25");
  }

  @Test
  void tightestBudget_isShown() {
    SubjectState state =
        SubjectState.newBuilder()
            .addSlo(SloState.newBuilder().setSlo("a").setBudgetRemaining(0.9))
            .addSlo(SloState.newBuilder().setSlo("b").setBudgetRemaining(-3))
            .addSlo(SloState.newBuilder().setSlo("c"))
            .build();

    assertThat(PackageView.of(state).budgetRemaining()).isEqualTo(-3);
  }

  @Test
  void noData_isAbsent_notZero() {
    PackageView view = PackageView.of(SubjectState.getDefaultInstance());

    assertThat(view.budgetRemaining()).isNull();
    assertThat(view.panicsPer10k()).isNull();
    assertThat(view.initP95Seconds()).isNull();
  }
}
