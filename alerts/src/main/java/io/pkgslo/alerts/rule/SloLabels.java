// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels that all alerts of an objective have, besides those of its series. */
final class SloLabels {
  private SloLabels() {}

  static Map<String, String> of(Slo slo, Severity severity) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("severity", severity.label());
    // The series has it already; here it keeps promtool from taking two objectives for duplicates.
    labels.put("slo", slo.id());
    String owner = slo.notes().owner();
    if (owner != null) {
      labels.put("owner", owner);
    }
    return labels;
  }
}
