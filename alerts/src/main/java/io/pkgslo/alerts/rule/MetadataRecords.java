// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an objective is, as series: for joins in queries and for lists in dashboards. */
final class MetadataRecords {
  static final String NAME = "slo:metadata:info";
  static final String DISPLAY_NAME = "display_name";
  static final String RUNBOOK_URL = "runbook_url";
  static final String OWNER = "owner";
  static final String PERIOD = "period";

  /** The target as texts have it. */
  static final String OBJECTIVE_PERCENT = "objective_percent";

  private MetadataRecords() {}

  /** A template for what is said of an alert's objective; empty for what is not. */
  static String lookUp(String label) {
    return "{{ with printf \""
        + NAME
        + "{slo='%s'}\" $labels.slo | query }}{{ . | first | label \""
        + label
        + "\" }}{{ end }}";
  }

  static List<Rule> of(Slo slo, Form form) {
    Map<String, String> id = Map.of("slo", slo.id());
    Map<String, String> info = new LinkedHashMap<>();
    info.put("slo", slo.id());
    info.put(DISPLAY_NAME, slo.displayName());
    info.put("sli", slo.sli().name().toLowerCase(Locale.ROOT));
    info.put("objective", slo.target().toPlainString());
    info.put(OBJECTIVE_PERCENT, Percent.of(slo.target()));
    info.put(PERIOD, slo.periodLabel());
    info.put("form", form.label());
    put(info, OWNER, slo.notes().owner());
    put(info, "objective_service", slo.notes().service());
    put(info, RUNBOOK_URL, slo.runbookUrl());
    RecordRule metadata = new RecordRule(NAME, "vector(1)", info);
    if (slo.isCounted() && form == Form.NATIVE) {
      // The analyzer exports the target itself.
      return List.of(metadata);
    }
    return List.of(
        metadata,
        new RecordRule("slo:objective:ratio", vector(slo.target()), id),
        new RecordRule(
            "slo:error_budget:ratio", vector(BigDecimal.ONE.subtract(slo.target())), id));
  }

  private static void put(Map<String, String> labels, String name, @Nullable String value) {
    if (value != null) {
      labels.put(name, value);
    }
  }

  private static String vector(BigDecimal value) {
    return "vector(" + value.toPlainString() + ")";
  }
}
