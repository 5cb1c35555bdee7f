// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Tells once per step how much of an objective's error budget is gone: 50, 75, 90 and 100 %. */
final class BudgetAlerts {
  /** A share that swings around a step would tell twice. */
  private static final Duration HOLD_FOR = Duration.ofMinutes(1);

  private final Slo slo;
  private final RuleScope scope;
  private final SloSeries series;
  private final SloTexts texts;

  BudgetAlerts(Slo slo, RuleOptions options, RuleScope scope) {
    this.slo = slo;
    this.scope = scope;
    this.series = new SloSeries(slo, options.form(), scope);
    this.texts = new SloTexts(slo, options, scope);
  }

  List<AlertRule> rules() {
    return Arrays.stream(BudgetStep.values()).map(this::rule).toList();
  }

  AlertRule rule(BudgetStep step) {
    return new AlertRule(
        step.alert(),
        series.consumed() + step.filter(),
        PromDuration.of(HOLD_FOR),
        null,
        SloLabels.of(slo, step.severity(), scope),
        texts.budget());
  }
}
