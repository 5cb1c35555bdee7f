// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Severity;
import org.jspecify.annotations.Nullable;

/** How much of an error budget is gone: half-open steps, so that a subject is in one at a time. */
enum BudgetStep {
  HALF("SloErrorBudgetHalfSpent", "0.5", "0.75", "info"),
  MOST("SloErrorBudgetMostlySpent", "0.75", "0.9", "ticket"),
  DEGRADED("SloErrorBudgetDegraded", "0.9", "1", "ticket"),
  EXHAUSTED("SloErrorBudgetExhausted", "1", null, "page");

  private final String alert;
  private final String from;
  private final @Nullable String to;
  private final String severity;

  BudgetStep(String alert, String from, @Nullable String to, String severity) {
    this.alert = alert;
    this.from = from;
    this.to = to;
    this.severity = severity;
  }

  String alert() {
    return alert;
  }

  Severity severity() {
    return new Severity(severity);
  }

  /** As PromQL behind the share that is spent. */
  String filter() {
    return " >= " + from + (to == null ? "" : " < " + to);
  }

  boolean contains(double consumed) {
    return consumed >= Double.parseDouble(from)
        && (to == null || consumed < Double.parseDouble(to));
  }
}
