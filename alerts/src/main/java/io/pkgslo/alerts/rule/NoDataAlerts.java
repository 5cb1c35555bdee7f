// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.time.Duration;
import java.util.LinkedHashMap;
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
  static final String PIPELINE_TURNS =
      "time() - max(pkgslo_heartbeat_seconds{stage=\"analyzer\"}) < 60";

  private static final Duration NO_DATA_FOR = Duration.ofMinutes(10);
  private static final Duration NO_SUBJECT_FOR = Duration.ofHours(1);

  private final Slo slo;
  private final SloTexts texts;

  NoDataAlerts(Slo slo, RuleOptions options) {
    this.slo = slo;
    this.texts = new SloTexts(slo, options);
  }

  List<AlertRule> rules() {
    return List.of(noData(), noSubject());
  }

  AlertRule noData() {
    String selector = "{slo=\"" + slo.id() + "\"}";
    String expr =
        "min by (slo, service, package) (slo_no_data"
            + selector
            + ") == 1\n  and max by (slo, service, package) (slo_valid_events_total"
            + selector
            + ") > 0\n  and on () "
            + PIPELINE_TURNS;
    return new AlertRule(
        NO_DATA, expr, PromDuration.of(NO_DATA_FOR), null, labels("ticket"), texts.noData());
  }

  private AlertRule noSubject() {
    String selector = "{slo=\"" + slo.id() + "\"}";
    String expr =
        "max by (slo) (slo_info"
            + selector
            + ")\n  unless max by (slo) (slo_no_data"
            + selector
            + ")";
    return new AlertRule(
        NO_SUBJECT, expr, PromDuration.of(NO_SUBJECT_FOR), null, labels("info"), texts.noSubject());
  }

  private Map<String, String> labels(String severity) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("severity", severity);
    labels.put("slo", slo.id());
    return labels;
  }
}
