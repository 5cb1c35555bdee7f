// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worked by hand from the definitions in docs/sli.md; the period is 7 days. */
class ErrorBudgetTest {
  private static final Window WEEK = Window.of(604_800);
  private static final double EXACT = 1e-12;

  private static ErrorBudget budget(String target, Sums hour, Sums period) {
    ObjectiveVersion objective =
        TestObjectives.version("a", Objective.Sli.AVAILABILITY, target, 0, 0);
    List<Sums> windows =
        new ArrayList<>(Collections.nCopies(objective.windows().size(), Sums.NONE));
    windows.set(objective.windows().indexOf(Window.HOUR), hour);
    windows.set(windows.size() - 1, period);
    return new ErrorBudget(new SloSnapshot(objective, 0, 0, windows, false));
  }

  private static Sums events(long valid, long bad) {
    return new Sums(valid * FixedPoint.ONE, bad * FixedPoint.ONE);
  }

  /** 99.9 % of 1,000,000 calls allow 1,000 errors; 250 of them are a quarter. */
  @Test
  void quarterOfTheBudget_isSpent() {
    ErrorBudget budget = budget("0.999", events(10_000, 36), events(1_000_000, 250));
    assertThat(budget.allowed()).isEqualTo(1_000.0, within(1e-9));
    assertThat(budget.consumed()).hasValue(0.25);
    assertThat(budget.remaining()).hasValue(0.75);
    assertThat(budget.degraded()).isFalse();
    assertThat(budget.noData()).isFalse();
    // 36 of 10,000 is 0.0036, 3.6 times the allowed 0.001: the rest lasts 0.75 x 168 h / 3.6.
    assertThat(budget.errorRatio(Window.HOUR)).hasValue(0.0036);
    assertThat(budget.burnRate(Window.HOUR).getAsDouble()).isEqualTo(3.6, within(EXACT));
    assertThat(budget.secondsToExhaustion().getAsDouble()).isEqualTo(126_000.0, within(1e-6));
  }

  /** 0.3 panics per 10,000 calls: 20,000 calls allow 0.6; one panic is 1.67 budgets. */
  @Test
  void onePanic_overspends() {
    ErrorBudget budget = budget("0.99997", events(20_000, 1), events(20_000, 1));
    assertThat(budget.allowed()).isEqualTo(0.6, within(EXACT));
    assertThat(budget.consumed().getAsDouble()).isEqualTo(5.0 / 3, within(EXACT));
    assertThat(budget.remaining().getAsDouble()).isEqualTo(-2.0 / 3, within(EXACT));
    assertThat(budget.degraded()).isTrue();
    assertThat(budget.burnRate(WEEK).getAsDouble()).isEqualTo(5.0 / 3, within(EXACT));
    assertThat(budget.secondsToExhaustion()).hasValue(0);
  }

  @Test
  void exactlyATenthLeft_isNotDegraded() {
    assertThat(budget("0.99", Sums.NONE, events(1_000, 9)).degraded()).isFalse();
    assertThat(budget("0.99", Sums.NONE, events(10_000, 91)).degraded()).isTrue();
  }

  @Test
  void nothingBad_leavesEverything_andNothingBurns() {
    ErrorBudget budget = budget("0.999", events(5, 0), events(5, 0));
    assertThat(budget.consumed()).hasValue(0);
    assertThat(budget.remaining()).hasValue(1);
    assertThat(budget.burnRate(Window.HOUR)).hasValue(0);
    assertThat(budget.secondsToExhaustion()).isEmpty();
  }

  @Test
  void noEvents_areNoData_andNotHealth() {
    ErrorBudget budget = budget("0.999", Sums.NONE, Sums.NONE);
    assertThat(budget.noData()).isTrue();
    assertThat(budget.consumed()).isEmpty();
    assertThat(budget.remaining()).isEmpty();
    assertThat(budget.errorRatio(WEEK)).isEmpty();
    assertThat(budget.burnRate(WEEK)).isEmpty();
    assertThat(budget.secondsToExhaustion()).isEmpty();
    assertThat(budget.degraded()).isFalse();
  }

  @Test
  void badWithoutValid_isAllBad() {
    ErrorBudget budget = budget("0.75", Sums.NONE, events(0, 3));
    assertThat(budget.noData()).isFalse();
    assertThat(budget.errorRatio(WEEK)).hasValue(1);
    assertThat(budget.burnRate(WEEK)).hasValue(4);
    assertThat(budget.consumed()).hasValue(4);
  }

  /** Binary floating point would say 0.0009999999999998899. */
  @Test
  void allowedShare_isSubtractedInDecimal() {
    assertThat(
            TestObjectives.version("a", Objective.Sli.AVAILABILITY, "0.999", 0, 0).allowedShare())
        .isEqualTo(0.001);
  }
}
