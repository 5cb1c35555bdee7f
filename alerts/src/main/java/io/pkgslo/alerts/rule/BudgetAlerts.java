// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells once per step how much of an objective's error budget is gone: 50, 75, 90 and 100 %. */
final class BudgetAlerts {
  private enum Step {
    HALF("SloErrorBudgetHalfSpent", "0.5", "0.75", "info"),
    MOST("SloErrorBudgetMostlySpent", "0.75", "0.9", "ticket"),
    DEGRADED("SloErrorBudgetDegraded", "0.9", "1", "ticket"),
    EXHAUSTED("SloErrorBudgetExhausted", "1", null, "page");

    private final String alert;
    private final String from;
    private final @Nullable String to;
    private final String severity;

    Step(String alert, String from, @Nullable String to, String severity) {
      this.alert = alert;
      this.from = from;
      this.to = to;
      this.severity = severity;
    }
  }

  private final Slo slo;

  BudgetAlerts(Slo slo) {
    this.slo = slo;
  }

  List<AlertRule> rules() {
    return List.of(rule(Step.HALF), rule(Step.MOST), rule(Step.DEGRADED), rule(Step.EXHAUSTED));
  }

  private AlertRule rule(Step step) {
    String consumed = "slo_error_budget_consumed_ratio{slo=\"" + slo.id() + "\"}";
    // Half-open steps, so that a subject is in one alert at a time.
    String upTo = step.to == null ? "" : " < " + step.to;
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("severity", step.severity);
    labels.put("slo", slo.id());
    return new AlertRule(
        step.alert, consumed + " >= " + step.from + upTo, "1m", labels, annotations());
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(
        "summary",
        "{{ $labels.package }} of {{ $labels.service }} {{ $labels.version }} has spent"
            + " {{ $value | humanizePercentage }} of its error budget for "
            + slo.displayName());
    annotations.put(
        "description",
        "Period "
            + slo.periodLabel()
            + ". Counted since it was first seen: "
            + Subject.count("slo_bad_events_total", slo)
            + " bad ("
            + slo.sli().badEvents()
            + ") of "
            + Subject.count("slo_valid_events_total", slo)
            + "; objective "
            + Percent.of(slo.target())
            + Subject.timeLeft(slo)
            + ".");
    String runbook = slo.runbookUrl();
    if (runbook != null) {
      annotations.put("runbook_url", runbook);
    }
    return annotations;
  }
}
