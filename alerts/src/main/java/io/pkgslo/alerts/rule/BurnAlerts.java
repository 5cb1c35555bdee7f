// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multi-window, multi-burn-rate alerts of one objective. Each reads two samples per subject: the
 * windows are summed in the stream, so uneven traffic does not bend them and no range is loaded.
 */
final class BurnAlerts {
  private final Slo slo;

  BurnAlerts(Slo slo) {
    this.slo = slo;
  }

  List<AlertRule> rules() {
    List<AlertRule> rules = new ArrayList<>();
    for (BurnTier tier : slo.tiers()) {
      if (tier.reachable(slo.target(), slo.period())) {
        rules.add(rule(tier));
      }
    }
    return rules;
  }

  private AlertRule rule(BurnTier tier) {
    String longWindow = WindowLabel.of(tier.longWindow());
    String shortWindow = WindowLabel.of(tier.shortWindow());
    String factor = tier.factor(slo.period()).toPlainString();
    String expr =
        burnRate(longWindow)
            + " > "
            + factor
            + "\n  and ignoring(window) "
            + burnRate(shortWindow)
            + " > "
            + factor;
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("severity", tier.severity().label());
    // The series has it already; here it keeps promtool from taking two objectives for duplicates.
    labels.put("slo", slo.id());
    labels.put("tier", longWindow);
    return new AlertRule("SloErrorBudgetBurn", expr, null, labels, annotations(tier));
  }

  private String burnRate(String window) {
    return "slo_burn_rate{slo=\"" + slo.id() + "\",window=\"" + window + "\"}";
  }

  private Map<String, String> annotations(BurnTier tier) {
    String share = Percent.of(tier.budgetShare());
    String target = Percent.of(slo.target());
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(
        "summary",
        "{{ $labels.package }} of {{ $labels.service }} {{ $labels.version }} burns its error budget"
            + " for "
            + slo.displayName()
            + " at {{ printf \"%.1f\" $value }} times the sustainable rate");
    annotations.put(
        "description",
        "At this rate "
            + share
            + " of the budget of "
            + slo.periodLabel()
            + " goes in "
            + WindowLabel.of(tier.longWindow())
            + ". Counted since it was first seen: "
            + Subject.count("slo_bad_events_total", slo)
            + " bad ("
            + slo.sli().badEvents()
            + ") of "
            + Subject.count("slo_valid_events_total", slo)
            + "; objective "
            + target
            + "; "
            + Subject.percentage("slo_error_budget_remaining_ratio", slo)
            + " of the budget is left"
            + Subject.timeLeft(slo)
            + ".");
    String runbook = slo.runbookUrl();
    if (runbook != null) {
      annotations.put("runbook_url", runbook);
    }
    return annotations;
  }
}
