// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Multi-window, multi-burn-rate alerts of one objective. Each reads two samples per subject: the
 * windows are summed before, so uneven traffic does not bend them and no range is loaded.
 */
final class BurnAlerts {
  static final String NAME = "SloErrorBudgetBurn";

  private final Slo slo;
  private final RuleScope scope;
  private final SloSeries series;
  private final SloTexts texts;

  BurnAlerts(Slo slo, RuleOptions options, RuleScope scope) {
    this.slo = slo;
    this.scope = scope;
    this.series = new SloSeries(slo, options.form(), scope);
    this.texts = new SloTexts(slo, options, scope);
  }

  List<AlertRule> rules() {
    List<AlertRule> rules = new ArrayList<>();
    for (BurnTier tier : tiers(slo)) {
      rules.add(rule(tier));
    }
    return rules;
  }

  /** The tiers that can fire, in the order of the objective. */
  static List<BurnTier> tiers(Slo slo) {
    return slo.tiers().stream().filter(tier -> tier.reachable(slo.target(), slo.period())).toList();
  }

  /** All windows that the alerts read, and the hour that tells how long the budget lasts. */
  static SortedSet<Duration> windows(Slo slo) {
    SortedSet<Duration> windows = new TreeSet<>();
    windows.add(Duration.ofHours(1));
    for (BurnTier tier : tiers(slo)) {
      windows.add(tier.longWindow());
      windows.add(tier.shortWindow());
    }
    return windows;
  }

  private Map<String, String> labels(BurnTier tier) {
    Map<String, String> labels = SloLabels.of(slo, tier.severity(), scope);
    labels.put("tier", WindowLabel.of(tier.longWindow()));
    return labels;
  }

  private AlertRule rule(BurnTier tier) {
    String above = " > " + tier.factor(slo.period()).toPlainString();
    String expr =
        series.burnRate(tier.longWindow())
            + above
            + "\n  and "
            + series.burnRate(tier.shortWindow())
            + above;
    return new AlertRule(
        NAME,
        expr,
        PromDuration.orNull(tier.holdFor()),
        PromDuration.orNull(tier.keepFiringFor()),
        labels(tier),
        texts.burn(tier));
  }
}
