// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.ContextLossCount;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.LogSeverityCount;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  @Test
  void errorLogs_areShownWithTheirTraces_andLostContextWithAnExample() {
    SubjectState state =
        SubjectState.newBuilder()
            .addLog(LogSeverityCount.newBuilder().setSeverity("error").setCount(7))
            .setOrphanLogs(2)
            .addErrorLog(
                ErrorLogExample.newBuilder()
                    .setTimeEpochMillis(1_000)
                    .setSeverity(17)
                    .setText("no rate")
                    .setTraceId("0123456789abcdef0123456789abcdef")
                    .setProcess("pod:1/shop"))
            .addErrorLog(ErrorLogExample.newBuilder().setSeverity(21).setText("died"))
            .addContextLoss(
                ContextLossCount.newBuilder()
                    .setKind("missing_parent")
                    .setCount(5)
                    .setRevised(2)
                    .setExampleTraceId("fedcba9876543210fedcba9876543210"))
            .build();
    PackageView view = PackageView.of(state);

    assertThat(view.logs())
        .isEqualTo(
            new LogsView(
                Map.of("error", 7L),
                2,
                List.of(
                    new LogsView.ErrorLog(
                        Instant.ofEpochSecond(1),
                        17,
                        "no rate",
                        "0123456789abcdef0123456789abcdef",
                        "pod:1/shop"),
                    new LogsView.ErrorLog(Instant.EPOCH, 21, "died", null, ""))));
    assertThat(view.lostContext())
        .containsExactly(
            new LostContextView("missing_parent", 3, "fedcba9876543210fedcba9876543210"));
  }
}
