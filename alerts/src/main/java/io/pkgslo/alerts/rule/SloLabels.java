// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels that an objective's rules add to those of its series. */
final class SloLabels {
  private SloLabels() {}

  /** Those of a recorded series over a window. */
  static Map<String, String> window(Slo slo, Duration window) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("slo", slo.id());
    labels.put("window", WindowLabel.of(window));
    return labels;
  }

  /** Those of an alert. */
  static Map<String, String> of(Slo slo, Severity severity, RuleScope scope) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("severity", severity.label());
    labels.put("slo", scope.label());
    // Prometheus drops a label without a value, so this is none where an objective has none.
    String owner =
        scope.isShared() ? MetadataRecords.lookUp(MetadataRecords.OWNER) : slo.notes().owner();
    if (owner != null) {
      labels.put(MetadataRecords.OWNER, owner);
    }
    return labels;
  }
}
