// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;

/** Template text that looks up another series of the subject that an alert is about. */
final class Subject {
  private Subject() {}

  /** The value of {@code series} as a number, or "unknown". */
  static String count(String series, Slo slo) {
    return lookUp(series, slo, "printf \"%.0f\"");
  }

  /** The value of {@code series}, a ratio, as a percentage, or "unknown". */
  static String percentage(String series, Slo slo) {
    return lookUp(series, slo, "humanizePercentage");
  }

  /** ", gone in 40m 0s" where the budget is being spent, else nothing. */
  static String timeLeft(Slo slo) {
    return "{{ with "
        + query("slo_time_to_exhaustion_seconds", slo)
        + " }}, gone in {{ . | first | value | humanizeDuration }}{{ end }}";
  }

  private static String lookUp(String series, Slo slo, String format) {
    return "{{ with "
        + query(series, slo)
        + " }}{{ . | first | value | "
        + format
        + " }}{{ else }}unknown{{ end }}";
  }

  private static String query(String series, Slo slo) {
    return "printf \""
        + series
        + "{slo='"
        + slo.id()
        + "',service=%q,version=%q,package=%q}\" $labels.service $labels.version $labels.package"
        + " | query";
  }
}
