// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells when what an objective measures has ended, as long as pkgslo itself is up: silence of the
 * pipeline is another alert. Packages that never had an event of the objective are left out, and so
 * are versions that another one has replaced.
 */
final class NoDataAlerts {
  static final String NO_DATA = "SloNoData";
  static final String NO_SUBJECT = "SloNoSubject";

  /** Whether an analyzer turns, by its heartbeat. */
  private static final String PIPELINE_TURNS =
      "time() - max(pkgslo_heartbeat_seconds{stage=\"analyzer\"}) < 60";

  /** What an analyzer that was away has to catch up comes within that. */
  private static final Duration HOLD_FOR = Duration.ofMinutes(5);

  private static final Duration NO_SUBJECT_FOR = Duration.ofHours(1);

  private final Slo slo;
  private final RuleScope scope;
  private final SloTexts texts;

  NoDataAlerts(Slo slo, RuleOptions options, RuleScope scope) {
    this.slo = slo;
    this.scope = scope;
    this.texts = new SloTexts(slo, options, scope);
  }

  List<AlertRule> rules() {
    List<AlertRule> rules = new ArrayList<>(ofEvents());
    if (slo.isCounted() && !appliesToAll()) {
      rules.add(noSubject());
    }
    return rules;
  }

  /** Without a name nothing can be misspelt. */
  private boolean appliesToAll() {
    return slo.service().equals("*") && slo.goPackage().equals("*");
  }

  /** Empty where silence is no reason to alert. */
  List<AlertRule> ofEvents() {
    NoDataAlert alert = slo.alerting().noData();
    if (alert == null) {
      return List.of();
    }
    AlertRule noData = noData(alert);
    return alert.eachPart() && slo.source() instanceof PrometheusQueries.Ratio ratio
        ? List.of(noData, noPart(alert, ratio.partIsBad()))
        : List.of(noData);
  }

  private AlertRule noData(NoDataAlert alert) {
    Duration holdFor = slo.isCounted() ? HOLD_FOR : alert.after();
    return new AlertRule(
        NO_DATA,
        slo.isCounted() ? counterStands(alert.after()) : absent(QueryRecords.PRESENT),
        PromDuration.of(holdFor),
        null,
        SloLabels.of(slo, alert.severity(), scope),
        texts.noData(alert));
  }

  private AlertRule noPart(NoDataAlert alert, boolean bad) {
    Map<String, String> labels = SloLabels.of(slo, alert.severity(), scope);
    labels.put("part", bad ? "bad" : "good");
    return new AlertRule(
        NO_DATA,
        absent(QueryRecords.PART_PRESENT),
        PromDuration.of(alert.after()),
        null,
        labels,
        texts.noPart(alert, bad));
  }

  /** Counters of a package, of all its versions, that are not 0 and do not move. */
  private String counterStands(Duration after) {
    String counter = "slo_valid_events_total{" + scope.matcher() + "}";
    String by = "sum by (" + SloSeries.byPackage(slo) + ") (";
    return "("
        + by
        + counter
        + ") > 0)\n  - "
        + by
        + counter
        + " offset "
        + PromDuration.of(after)
        + ") == 0\n  and on () "
        + PIPELINE_TURNS;
  }

  private String absent(String present) {
    // Burn rates are no sign: a window of days has samples for days after the last one.
    return "absent(" + present + "{slo=\"" + slo.id() + "\"})";
  }

  private AlertRule noSubject() {
    String selector = "{" + scope.matcher() + "}";
    String expr =
        "max by (slo) (slo_info"
            + selector
            + ")\n  unless max by (slo) (slo_no_data"
            + selector
            + ")";
    return new AlertRule(
        NO_SUBJECT,
        expr,
        PromDuration.of(NO_SUBJECT_FOR),
        null,
        SloLabels.of(slo, Severity.INFO, scope),
        texts.noSubject());
  }
}
