// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import io.pkgslo.analyzer.budget.ErrorBudget;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
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
            slo -> true,
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

  private static Family total(String name, String help, Function<SloSnapshot, Long> units) {
    String sample = name + "_total";
    return Family.always(
        name,
        COUNTER,
        help,
        (subject, sink) -> {
          for (SloSnapshot slo : subject.slos()) {
            sink.add(
                sample,
                names(slo, Names.SLO),
                labels(slo, subject),
                FixedPoint.toDouble(units.apply(slo)));
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
    return new Family(
        name,
        GAUGE,
        help,
        (subject, sink) -> gauge(name, subject, slo -> true, value, sink),
        (subject, sink) -> gauge(name, subject, whenSilent, value, sink));
  }

  private static void gauge(
      String name,
      SubjectSnapshot subject,
      Predicate<SloSnapshot> shown,
      Function<ErrorBudget, OptionalDouble> value,
      SampleSink sink) {
    for (SloSnapshot slo : subject.slos()) {
      if (shown.test(slo)) {
        value
            .apply(new ErrorBudget(slo))
            .ifPresent(v -> sink.add(name, names(slo, Names.SLO), labels(slo, subject), v));
      }
    }
  }

  /** Of a silent subject the windows that still cover a bad event. */
  private static Family windows(
      String name, String help, BiFunction<ErrorBudget, Window, OptionalDouble> value) {
    return new Family(
        name,
        GAUGE,
        help,
        (subject, sink) -> windows(name, subject, sums -> true, value, sink),
        (subject, sink) -> windows(name, subject, sums -> sums.bad() > 0, value, sink));
  }

  private static void windows(
      String name,
      SubjectSnapshot subject,
      Predicate<Sums> shown,
      BiFunction<ErrorBudget, Window, OptionalDouble> value,
      SampleSink sink) {
    for (SloSnapshot slo : subject.slos()) {
      ErrorBudget budget = new ErrorBudget(slo);
      for (int i = 0; i < slo.windows().size(); i++) {
        if (shown.test(slo.windows().get(i))) {
          Window window = slo.objective().windows().get(i);
          value
              .apply(budget, window)
              .ifPresent(
                  v ->
                      sink.add(
                          name,
                          names(slo, Names.SLO_WINDOW),
                          labels(slo, subject, window.label()),
                          v));
        }
      }
    }
  }

  private static boolean hasBadEvents(SloSnapshot slo) {
    return slo.period().bad() > 0;
  }

  /** With those that the objective itself tells its series apart by. */
  private static List<String> names(SloSnapshot slo, List<String> usual) {
    return with(usual, slo.labels().names());
  }

  private static List<String> labels(SloSnapshot slo, SubjectSnapshot subject) {
    SubjectKey key = subject.key();
    return with(
        List.of(slo.objective().id(), key.service(), key.version(), key.goPackage()),
        slo.labels().values());
  }

  private static List<String> labels(SloSnapshot slo, SubjectSnapshot subject, String window) {
    SubjectKey key = subject.key();
    return with(
        List.of(slo.objective().id(), key.service(), key.version(), key.goPackage(), window),
        slo.labels().values());
  }

  private static List<String> with(List<String> usual, List<String> further) {
    return further.isEmpty() ? usual : Stream.concat(usual.stream(), further.stream()).toList();
  }
}
