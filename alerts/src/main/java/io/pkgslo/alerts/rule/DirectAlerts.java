// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.net.URI;
import java.time.Duration;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of an objective, decided from a subject's numbers instead of by Prometheus. Labels and
 * conditions are those of the native rules, so who gets both gets one alert.
 */
public final class DirectAlerts {
  /**
   * An alert whose condition holds.
   *
   * @param holdFor how long it must hold before the alert fires
   * @param keepFiringFor how long the alert goes on when it no longer holds
   */
  public record Candidate(
      Map<String, String> labels,
      Map<String, String> annotations,
      Duration holdFor,
      Duration keepFiringFor) {}

  private final Slo slo;
  private final BudgetAlerts budget;
  private final List<BurnTier> tiers;
  private final List<AlertRule> burn;
  private final SloSeries series;

  /**
   * @param link where pkgslo answers, for links in alerts
   */
  public DirectAlerts(Slo slo, URI link) {
    // The numbers are those of the period, which is what portable rules tell.
    RuleOptions options = new RuleOptions(Form.PORTABLE, RuleKind.FILE, link, Year.of(1970));
    this.slo = slo;
    this.tiers = BurnAlerts.tiers(slo);
    this.burn = new BurnAlerts(slo, options, RuleScope.of(slo)).rules();
    this.budget = new BudgetAlerts(slo, options, RuleScope.of(slo));
    this.series = new SloSeries(slo, Form.PORTABLE);
  }

  /** What a subject's numbers say right now; empty while all is well. */
  public List<Candidate> of(SubjectNumbers numbers) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      Double rate = burning(tiers.get(i), numbers.burnRates());
      if (rate != null) {
        candidates.add(candidate(burn.get(i), numbers, rate));
      }
    }
    Double consumed = numbers.consumed();
    if (consumed != null) {
      for (BudgetStep step : BudgetStep.values()) {
        if (step.contains(consumed)) {
          candidates.add(candidate(budget.rule(step), numbers, consumed));
        }
      }
    }
    return candidates;
  }

  private @Nullable Double burning(BurnTier tier, Map<String, Double> rates) {
    double factor = tier.factor(slo.period()).doubleValue();
    Double longRate = rates.get(WindowLabel.of(tier.longWindow()));
    Double shortRate = rates.get(WindowLabel.of(tier.shortWindow()));
    boolean both = longRate != null && longRate > factor && shortRate != null && shortRate > factor;
    return both ? longRate : null;
  }

  private Candidate candidate(AlertRule rule, SubjectNumbers numbers, double value) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", rule.alert());
    labels.putAll(rule.labels());
    labels.putAll(numbers.labels());
    AlertFacts facts =
        new AlertFacts(numbers.labels(), value, known(numbers), numbers.newestVersion());
    Map<String, String> annotations = new LinkedHashMap<>();
    rule.annotations().forEach((name, text) -> annotations.put(name, text.render(facts)));
    return new Candidate(
        labels, annotations, duration(rule.holdFor()), duration(rule.keepFiringFor()));
  }

  private Map<String, Double> known(SubjectNumbers numbers) {
    Map<String, Double> known = new LinkedHashMap<>();
    known.put(series.badName(), numbers.bad());
    known.put(series.validName(), numbers.valid());
    Double consumed = numbers.consumed();
    if (consumed != null && consumed < 1) {
      known.put(series.remainingName(), 1 - consumed);
    }
    Double timeLeft = numbers.secondsToExhaustion();
    if (timeLeft != null && timeLeft > 0) {
      known.put(series.timeLeftName(), timeLeft);
    }
    return known;
  }

  private static Duration duration(@Nullable String text) {
    return text == null ? Duration.ZERO : PromDuration.parse(text);
  }
}
