// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The series of one objective that its alerts read: those that pkgslo exports, or the ones that the
 * portable form records. Selectors take the highest value per subject, which leaves the labels of
 * the scrape behind: an alert stays the same alert when another analyzer takes its subject over.
 */
final class SloSeries {
  private static final List<String> SUBJECT = List.of("service", "version", "package");

  private final Slo slo;
  private final Form form;
  private final RuleScope scope;

  SloSeries(Slo slo, Form form) {
    this(slo, form, RuleScope.of(slo));
  }

  SloSeries(Slo slo, Form form, RuleScope scope) {
    this.slo = slo;
    this.form = form;
    this.scope = scope;
  }

  /** Labels that tell the subjects of an objective apart: its own ones stand last. */
  static List<String> subject(Slo slo) {
    return Stream.concat(SUBJECT.stream(), slo.labelNames().stream()).toList();
  }

  /** The same without the version, behind that of the objective, as PromQL lists them. */
  static String byPackage(Slo slo) {
    return Stream.concat(Stream.of("slo"), subject(slo).stream())
        .filter(label -> !label.equals("version"))
        .collect(Collectors.joining(", "));
  }

  /** Labels of the series of an objective, as PromQL lists them. */
  static String bySubject(Slo slo) {
    return "slo, " + String.join(", ", subject(slo));
  }

  String burnRateName() {
    return named("slo_burn_rate", "slo:burn_rate:ratio");
  }

  String consumedName() {
    return named("slo_error_budget_consumed_ratio", "slo:error_budget_consumed:ratio");
  }

  String remainingName() {
    return named("slo_error_budget_remaining_ratio", "slo:error_budget_remaining:ratio");
  }

  String timeLeftName() {
    return named("slo_time_to_exhaustion_seconds", "slo:time_to_exhaustion:seconds");
  }

  /** Bad events: since the subject was first seen, or in the portable form over the period. */
  String badName() {
    return named("slo_bad_events_total", "slo:bad_events:period");
  }

  /** Valid events, likewise. */
  String validName() {
    return named("slo_valid_events_total", "slo:valid_events:period");
  }

  /** True when a rule records the ratios, false when pkgslo exports them. */
  boolean isRecorded() {
    return !slo.isCounted() || form == Form.PORTABLE;
  }

  /** What the two counts cover. */
  String countsCover() {
    return switch (form) {
      case NATIVE -> "Counted since it was first seen";
      case PORTABLE -> "Counted in the last " + slo.periodLabel();
    };
  }

  /** The burn rate over {@code window}, of each subject. */
  String burnRate(Duration window) {
    return (slo.isCounted() ? "max by (" + bySubject(slo) + ") (" : "max without (window) (")
        + burnRateName()
        + "{"
        + scope.matcher()
        + ",window=\""
        + WindowLabel.of(window)
        + "\"})";
  }

  /** The share of the budget that is spent, of each subject. */
  String consumed() {
    String selector = consumedName() + "{" + scope.matcher() + "}";
    return slo.isCounted() ? "max by (" + bySubject(slo) + ") (" + selector + ")" : selector;
  }

  /** One series of the alert's subject. */
  SubjectQuery ofSubject(String series) {
    return query(series, subject(slo), "");
  }

  /** Its series of all versions and packages of the alert's service. */
  SubjectQuery ofService(String series) {
    return query(series, slo.isCounted() ? List.of("service") : List.of(), "");
  }

  /** One series of the alert's subject, where it is greater than 0. */
  SubjectQuery positive(String series) {
    return query(series, subject(slo), " > 0");
  }

  private SubjectQuery query(String series, List<String> labels, String filter) {
    return new SubjectQuery(series, slo.id(), scope.isShared(), labels, filter);
  }

  private String named(String exported, String recorded) {
    return isRecorded() ? recorded : exported;
  }
}
