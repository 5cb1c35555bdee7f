// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import io.pkgslo.analyzer.budget.ErrorBudget;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

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
            true,
            ErrorBudget::consumed),
        gauge(
            "slo_error_budget_remaining_ratio",
            "Share of the error budget that is left; negative when overspent.",
            true,
            ErrorBudget::remaining),
        gauge(
            "slo_time_to_exhaustion_seconds",
            "Time until the budget is spent at the burn rate of the last hour.",
            true,
            ErrorBudget::secondsToExhaustion),
        gauge(
            "slo_no_data",
            "1 without any valid or bad event in the period.",
            false,
            budget -> flag(budget.noData())),
        gauge(
            "slo_degraded",
            "1 when less than a tenth of the budget is left.",
            true,
            budget -> flag(budget.degraded())));
  }

  private static OptionalDouble flag(boolean set) {
    return OptionalDouble.of(set ? 1 : 0);
  }

  private static Family total(String name, String help, Function<SloSnapshot, Long> units) {
    String sample = name + "_total";
    return new Family(
        name,
        COUNTER,
        help,
        false,
        (subject, sink) -> {
          for (SloSnapshot slo : subject.slos()) {
            sink.add(
                sample, Names.SLO, labels(slo, subject), FixedPoint.toDouble(units.apply(slo)));
          }
        });
  }

  private static Family gauge(
      String name, String help, boolean activeOnly, Function<ErrorBudget, OptionalDouble> value) {
    return new Family(
        name,
        GAUGE,
        help,
        activeOnly,
        (subject, sink) -> {
          for (SloSnapshot slo : subject.slos()) {
            value
                .apply(new ErrorBudget(slo))
                .ifPresent(v -> sink.add(name, Names.SLO, labels(slo, subject), v));
          }
        });
  }

  private static Family windows(
      String name, String help, BiFunction<ErrorBudget, Window, OptionalDouble> value) {
    return new Family(
        name,
        GAUGE,
        help,
        true,
        (subject, sink) -> {
          for (SloSnapshot slo : subject.slos()) {
            ErrorBudget budget = new ErrorBudget(slo);
            for (Window window : slo.objective().windows()) {
              value
                  .apply(budget, window)
                  .ifPresent(
                      v ->
                          sink.add(
                              name, Names.SLO_WINDOW, labels(slo, subject, window.label()), v));
            }
          }
        });
  }

  private static List<String> labels(SloSnapshot slo, SubjectSnapshot subject) {
    return List.of(
        slo.objective().id(),
        subject.key().service(),
        subject.key().version(),
        subject.key().goPackage());
  }

  private static List<String> labels(SloSnapshot slo, SubjectSnapshot subject, String window) {
    return List.of(
        slo.objective().id(),
        subject.key().service(),
        subject.key().version(),
        subject.key().goPackage(),
        window);
  }
}
