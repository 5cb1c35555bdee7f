// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import io.pkgslo.analyzer.budget.ErrorBudget;
import io.pkgslo.analyzer.sli.SeriesLabels;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.platform.Labels;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What is shown of each objective of each subject. Ratios are absent without data, so that no data
 * looks like nothing; {@code slo_no_data} says it in so many words.
 */
final class ObjectiveFamilies {
  private ObjectiveFamilies() {}

  static List<Family> all() {
    return List.of(
        total("slo_valid_events", "Valid events of an objective.", SloSnapshot::validTotal),
        total("slo_bad_events", "Bad events of an objective.", SloSnapshot::badTotal),
        windows("slo_error_ratio", "Bad by valid events over a window.", ErrorBudget::errorRatio),
        windows(
            "slo_burn_rate",
            "Error ratio by the allowed one over a window: 1 spends the budget in the period.",
            ErrorBudget::burnRate),
        gauge(
            "slo_error_budget_consumed_ratio",
            "Share of the error budget that is spent.",
            ObjectiveFamilies::hasBadEvents,
            ErrorBudget::consumed),
        gauge(
            "slo_error_budget_remaining_ratio",
            "Share of the error budget that is left; negative when overspent.",
            ObjectiveFamilies::hasBadEvents,
            ErrorBudget::remaining),
        gauge(
            "slo_time_to_exhaustion_seconds",
            "Time until the budget is spent at the burn rate of the last hour.",
            ObjectiveFamilies::hasBadEvents,
            ErrorBudget::secondsToExhaustion),
        gauge(
            "slo_no_data",
            "1 without any valid or bad event in the period.",
            slo -> slo.period().isEmpty(),
            budget -> flag(budget.noData())),
        gauge(
            "slo_degraded",
            "1 when less than a tenth of the budget is left.",
            ObjectiveFamilies::hasBadEvents,
            budget -> flag(budget.degraded())));
  }

  private static OptionalDouble flag(boolean set) {
    return OptionalDouble.of(set ? 1 : 0);
  }

  private static Family total(String name, String help, ToLongFunction<SloSnapshot> units) {
    String sample = name + "_total";
    return Family.always(
        name,
        COUNTER,
        help,
        (shown, sink) -> {
          for (SloSnapshot slo : shown.subject().slos()) {
            double events = FixedPoint.toDouble(units.applyAsLong(slo));
            sink.add(sample, label(slo), shown.labels(), own(slo), events, null);
          }
        });
  }

  /**
   * @param whenSilent which objectives of a silent subject are shown
   */
  private static Family gauge(
      String name,
      String help,
      Predicate<SloSnapshot> whenSilent,
      Function<ErrorBudget, OptionalDouble> value) {
    return Family.sparing(
        name,
        GAUGE,
        help,
        (shown, sink) -> gauge(name, shown, slo -> true, value, sink),
        (shown, sink) -> gauge(name, shown, whenSilent, value, sink));
  }

  private static void gauge(
      String name,
      Shown shown,
      Predicate<SloSnapshot> isShown,
      Function<ErrorBudget, OptionalDouble> value,
      SampleSink sink) {
    for (SloSnapshot slo : shown.subject().slos()) {
      if (isShown.test(slo)) {
        OptionalDouble present = value.apply(new ErrorBudget(slo));
        if (present.isPresent()) {
          sink.add(name, label(slo), shown.labels(), own(slo), present.getAsDouble(), null);
        }
      }
    }
  }

  /** Of a silent subject the windows that still cover a bad event. */
  private static Family windows(
      String name, String help, BiFunction<ErrorBudget, Window, OptionalDouble> value) {
    return Family.sparing(
        name,
        GAUGE,
        help,
        (shown, sink) -> windows(name, shown, sums -> true, value, sink),
        (shown, sink) -> windows(name, shown, sums -> sums.bad() > 0, value, sink));
  }

  private static void windows(
      String name,
      Shown shown,
      Predicate<Sums> isShown,
      BiFunction<ErrorBudget, Window, OptionalDouble> value,
      SampleSink sink) {
    for (SloSnapshot slo : shown.subject().slos()) {
      ErrorBudget budget = new ErrorBudget(slo);
      for (int i = 0; i < slo.windows().size(); i++) {
        if (isShown.test(slo.windows().get(i))) {
          Window window = slo.objective().windows().get(i);
          OptionalDouble present = value.apply(budget, window);
          if (present.isPresent()) {
            Labels last = last(window, slo);
            sink.add(name, label(slo), shown.labels(), last, present.getAsDouble(), null);
          }
        }
      }
    }
  }

  private static boolean hasBadEvents(SloSnapshot slo) {
    return slo.period().bad() > 0;
  }

  private static Labels label(SloSnapshot slo) {
    return Names.SLO.of(slo.objective().id());
  }

  /** Those that the objective itself tells its series apart by. */
  private static Labels own(SloSnapshot slo) {
    SeriesLabels own = slo.labels();
    return own.isEmpty() ? Labels.NONE : new Labels(own.names(), own.values());
  }

  private static Labels last(Window window, SloSnapshot slo) {
    SeriesLabels own = slo.labels();
    return own.isEmpty()
        ? Names.WINDOW.of(window.label())
        : new Labels(with("window", own.names()), with(window.label(), own.values()));
  }

  private static List<String> with(String first, List<String> further) {
    return Stream.concat(Stream.of(first), further.stream()).toList();
  }
}
