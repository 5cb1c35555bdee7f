// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.analyzer.budget.ErrorBudget;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.CalendarPeriod;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SliBucket;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The worked examples of OpenSLO's pages on budgeting methods: {@code examples/budgeting-method}
 * and {@code examples/treat-low-traffic-as-equally-important} of the specification's repository.
 */
class BudgetingTest {
  private static final long ONE = FixedPoint.ONE;
  private static final long MINUTE = 60_000;
  private static final int TWO_WEEKS_SECONDS = 14 * 86_400;

  /** 2026-11-16T00:00:00Z, a Monday. */
  private static final long MONDAY = 1_794_787_200_000L;

  private static final String CART = "cart";

  private final MemoryMap map = new MemoryMap();

  private SliStage stage(Objective objective) {
    return new SliStage(
        new StageSettings(
            0, 0, 93L * 86_400_000, 60 * MINUTE, 3_600_000, new SubjectLimits(10, 10)),
        map,
        ObjectiveSet.EMPTY.with(ObjectiveVersion.of(objective)),
        (reason, items, who) -> {});
  }

  private static void accept(SliStage stage, Observations block) {
    stage.accept(
        block.build(),
        new SliOutput() {
          @Override
          public void bucket(SliBucket bucket) {}

          @Override
          public void closedThrough(long epochMillis) {}
        });
  }

  private static Objective.Builder availability(String target, long periodSeconds) {
    return TestObjectives.wire("a", Objective.Sli.AVAILABILITY, target, 0, 0).toBuilder()
        .setPeriodSeconds(periodSeconds);
  }

  /** Minutes of traffic, each with so many calls, of which so many fail. */
  private static void minutes(SliStage stage, long from, int minutes, int calls, int failed) {
    for (int i = 0; i < minutes; i++) {
      long at = from + i * MINUTE;
      accept(stage, Observations.block().calls(CART, at, calls, failed).through(at + MINUTE));
    }
  }

  private static SloSnapshot slo(SliStage stage) {
    return stage.takeUnexported().subjects().get(0).slos().get(0);
  }

  /** Two weeks with 24,000 requests a day are 336,000; 95 % of them allow 16,800 failures. */
  @Test
  void occurrences_spendTheBudgetByFailures() {
    SliStage stage = stage(availability("0.95", TWO_WEEKS_SECONDS).build());
    for (int day = 0; day < 14; day++) {
      long at = MONDAY + day * 86_400_000L;
      accept(stage, Observations.block().calls(CART, at, 24_000, 1_200).through(at));
    }
    ErrorBudget budget = new ErrorBudget(slo(stage));
    assertThat(budget.allowed()).isEqualTo(16_800, within(1e-6));
    assertThat(budget.consumed()).hasValue(1);
  }

  /**
   * Two weeks are 20,160 slices of a minute. Under attack, with 1 % of good answers, a slice is
   * bad: 16 hours and 48 minutes of it, 1,008 slices, spend a budget of 5 %.
   */
  @Test
  void timeslices_spendTheBudgetByBadMinutes() {
    SliStage stage =
        stage(
            availability("0.95", TWO_WEEKS_SECONDS)
                .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
                .setSliceSeconds(60)
                .setSliceTarget("0.9")
                .build());
    int bad = 16 * 60 + 48;
    minutes(stage, MONDAY, 20_160 - bad, 100, 1);
    minutes(stage, MONDAY + (20_160 - bad) * MINUTE, bad, 100, 99);

    SloSnapshot slo = slo(stage);
    assertThat(slo.period()).isEqualTo(new Sums(20_160 * ONE, 1_008 * ONE));
    assertThat(slo.badTotal()).isEqualTo(1_008 * ONE);
    assertThat(new ErrorBudget(slo).consumed().getAsDouble()).isEqualTo(1, within(1e-12));
  }

  /**
   * The same with the average of ratios: before, 99 % of answers are good. About 13 hours and 45
   * minutes spend the budget: 822 minutes do not, 823 do (20,160 x 0.04 / 0.98 = 822.86).
   */
  @ParameterizedTest
  @CsvSource({"822, false", "823, true"})
  void ratioTimeslices_spendTheBudgetByTheAverageOfRatios(int attacked, boolean spent) {
    SliStage stage =
        stage(
            availability("0.95", TWO_WEEKS_SECONDS)
                .setBudgetingMethod(Objective.BudgetingMethod.RATIO_TIMESLICES)
                .setSliceSeconds(60)
                .build());
    minutes(stage, MONDAY, 20_160 - attacked, 100, 1);
    minutes(stage, MONDAY + (20_160 - attacked) * MINUTE, attacked, 300, 297);

    SloSnapshot slo = slo(stage);
    assertThat(slo.period().valid()).isEqualTo(20_160 * ONE);
    double bad = (20_160 - attacked) * 0.01 + attacked * 0.99;
    assertThat(slo.period().bad() / (double) ONE).isEqualTo(bad, within(0.01));
    assertThat(new ErrorBudget(slo).consumed().getAsDouble() >= 1).isEqualTo(spent);
  }

  /**
   * A calendar week has 10,080 minutes; 99.95 % of them allow 5 minutes and 2.4 seconds. A minute
   * with a share of good answers under 95 % is bad, however few there are.
   */
  @Test
  void timeslices_takeLowTrafficAsSeriously() {
    SliStage stage =
        stage(
            availability("0.9995", 604_800)
                .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
                .setSliceSeconds(60)
                .setSliceTarget("0.95")
                .setCalendar(
                    CalendarPeriod.newBuilder()
                        .setStart("2026-01-05 00:00:00")
                        .setTimeZone("UTC")
                        .setUnit(CalendarPeriod.Unit.WEEK)
                        .setCount(1))
                .build());
    minutes(stage, MONDAY - 30 * MINUTE, 30, 100, 50);
    // 5 of 100 is 95 % good; 5 of 99 is less, and so is 1 of 1.
    minutes(stage, MONDAY, 10_074, 100, 5);
    minutes(stage, MONDAY + 10_074 * MINUTE, 4, 99, 5);
    minutes(stage, MONDAY + 10_078 * MINUTE, 1, 1, 1);
    minutes(stage, MONDAY + 10_079 * MINUTE, 1, 1_000, 0);
    SloSnapshot open = slo(stage);
    // The week is over with its last minute; ask a moment before.
    assertThat(open.period()).isEqualTo(Sums.NONE);
    assertThat(open.badTotal()).isEqualTo(35 * ONE);
    ErrorBudget budget =
        new ErrorBudget(
            new SloSnapshot(
                open.objective(),
                0,
                0,
                java.util.Collections.nCopies(
                    open.windows().size(), new Sums(10_080 * ONE, 5 * ONE)),
                false));
    assertThat(budget.allowed() * 60).isEqualTo(5 * 60 + 2.4, within(1e-6));
    assertThat(budget.consumed().getAsDouble()).isEqualTo(5 / 5.04, within(1e-9));
  }

  @Test
  void slice_countsWhenItsEndHasPassed_andAgainWhenLateEventsCome() {
    SliStage stage =
        stage(
            availability("0.9", 604_800)
                .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
                .setSliceSeconds(300)
                .setSliceTarget("0.9")
                .build());
    accept(stage, Observations.block().calls(CART, MONDAY, 10, 2).through(MONDAY + 4 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(Sums.NONE);
    accept(stage, Observations.block().through(MONDAY + 5 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(ONE, ONE));

    // 28 of 30 are good: the slice was bad too early. Totals never go back.
    accept(stage, Observations.block().calls(CART, MONDAY, 20, 0));
    SloSnapshot good = slo(stage);
    assertThat(good.period()).isEqualTo(new Sums(ONE, 0));
    assertThat(good.validTotal()).isEqualTo(ONE);
    assertThat(good.badTotal()).isEqualTo(ONE);

    // The same after a restart.
    SloSnapshot again = slo(stage(good.objective().wire()));
    assertThat(again).isEqualTo(good);

    // A slice without events is neither good nor bad.
    accept(stage, Observations.block().through(MONDAY + 15 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(ONE, 0));
  }

  @ParameterizedTest
  @CsvSource({
    // method, target, valid, bad, counts as bad (in millionths of a slice)
    "TIMESLICES, 0.95, 100, 5, 0",
    "TIMESLICES, 0.95, 99, 5, 1000000",
    "TIMESLICES, 1, 1000000, 1, 1000000",
    "TIMESLICES, 1, 1000000, 0, 0",
    "TIMESLICES, 0.000001, 1, 1, 1000000",
    "TIMESLICES, 0.9, 0, 3, 1000000",
    "RATIO_TIMESLICES, 1, 4, 1, 250000",
    "RATIO_TIMESLICES, 1, 0, 1, 1000000",
    "RATIO_TIMESLICES, 1, 2, 5, 1000000",
  })
  void slice_countsAs(String method, BigDecimal target, long valid, long bad, long millionths) {
    Budgeting budgeting = new Budgeting(Budgeting.Method.valueOf(method), 60_000, target);
    Sums slice = budgeting.slice(new Sums(valid * ONE, bad * ONE));
    assertThat(slice.valid()).isEqualTo(ONE);
    assertThat(slice.bad()).isEqualTo(millionths * ONE / 1_000_000);
    assertThat(budgeting.slice(Sums.NONE)).isEqualTo(Sums.NONE);
  }
}
