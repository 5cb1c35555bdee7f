// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.promql.Promql;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * What an objective over other metrics than ours asks Prometheus. pkgslo counts nothing for it: it
 * has rules only. Queries are carried as they stand, but that those without a window get one.
 */
public sealed interface PrometheusQueries extends SliSource {
  /** Stands for the window that is asked for, such as {@code 5m}, in ratios. */
  String WINDOW_PLACEHOLDER = Promql.WINDOW;

  /**
   * Events by events.
   *
   * @param part query of the bad, or the good events of a window: it has the placeholder
   * @param partIsBad whether {@code part} counts bad events
   * @param total query of all events of a window, likewise
   * @param counter whether the author says that counters are asked; the queries say so already
   */
  record Ratio(String part, boolean partIsBad, String total, boolean counter)
      implements PrometheusQueries {}

  /**
   * A ratio that is there already.
   *
   * @param query gives values in [0, 1] for a window: it has the placeholder
   * @param isErrorRatio true when 0 is good, false when 1 is
   */
  record Raw(String query, boolean isErrorRatio) implements PrometheusQueries {}

  /**
   * A value that is compared: time is good while the comparison holds.
   *
   * @param query gives one value per series
   */
  record Threshold(String query, Op op, BigDecimal value) implements PrometheusQueries {
    public Threshold {
      value = value.stripTrailingZeros();
    }
  }

  /** How a value is compared with its threshold when it is good. */
  enum Op {
    LT("<"),
    LTE("<="),
    GT(">"),
    GTE(">=");

    private final String promql;

    Op(String promql) {
      this.promql = promql;
    }

    /** As PromQL writes it. */
    public String promql() {
      return promql;
    }

    /** As OpenSLO writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
