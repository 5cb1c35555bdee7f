// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sloth's two alerts: page over 1 h and 6 h, ticket over 1 d and 3 d. */
final class SlothAlerting {
  private static final String[] RUNBOOKS = {"runbook", "runbook_url"};

  private final Conversion conversion;
  private final String pageKey;
  private final String ticketKey;
  private @Nullable String runbook;

  SlothAlerting(Conversion conversion, boolean camelCase) {
    this.conversion = conversion;
    this.pageKey = camelCase ? "pageAlert" : "page_alert";
    this.ticketKey = camelCase ? "ticketAlert" : "ticket_alert";
  }

  /** From an annotation; null when there is none. */
  @Nullable String runbook() {
    return runbook;
  }

  Alerting read(YamlMap slo, Duration period) {
    YamlMap alerting =
        conversion.map(slo, "alerting", "name", "labels", "annotations", pageKey, ticketKey);
    List<BurnTier> usual = BurnTier.defaultsFor(period);
    if (alerting == null) {
      return Alerting.of(usual);
    }
    if (alerting.has("name")) {
      conversion.lose(alerting.at("name"), alerting.name("name"));
    }
    Severity common = severity(alerting);
    annotations(alerting);
    List<BurnTier> tiers = new ArrayList<>();
    tiers.addAll(alert(alerting, pageKey, usual.subList(0, 2), common));
    tiers.addAll(alert(alerting, ticketKey, usual.subList(2, 4), common));
    return Alerting.of(tiers);
  }

  private List<BurnTier> alert(
      YamlMap alerting, String key, List<BurnTier> usual, @Nullable Severity common) {
    YamlMap alert = conversion.map(alerting, key, "disable", "labels", "annotations");
    if (alert == null) {
      return common == null ? usual : withSeverity(usual, common);
    }
    Severity own = severity(alert);
    annotations(alert);
    if (Boolean.TRUE.equals(alert.flag("disable"))) {
      return List.of();
    }
    Severity severity = own == null ? common : own;
    return severity == null ? usual : withSeverity(usual, severity);
  }

  private static List<BurnTier> withSeverity(List<BurnTier> usual, Severity severity) {
    return usual.stream()
        .map(tier -> BurnTier.of(tier.budgetShare(), tier.longWindow(), severity))
        .toList();
  }

  /** The label by which alerts are routed; the others are lost. */
  private @Nullable Severity severity(YamlMap map) {
    YamlMap labels = conversion.map(map, "labels", "severity");
    if (labels == null || !labels.has("severity")) {
      return null;
    }
    String text = labels.text("severity");
    if (text == null || !Severity.isValid(text)) {
      conversion.lose(labels.at("severity"), labels.name("severity"));
      return null;
    }
    return new Severity(text);
  }

  private void annotations(YamlMap map) {
    YamlMap annotations = conversion.map(map, "annotations", RUNBOOKS);
    if (annotations == null) {
      return;
    }
    for (String key : RUNBOOKS) {
      String url = annotations.has(key) ? annotations.text(key) : null;
      if (url != null && url.matches("https?://[^\\s\"'<>{}`\\p{Cntrl}]+") && runbook == null) {
        runbook = url;
      } else if (annotations.has(key)) {
        conversion.lose(annotations.at(key), annotations.name(key));
      }
    }
  }
}
