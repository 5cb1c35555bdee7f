// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Indicators of OpenSLO v1alpha: a threshold for all objectives, or a ratio in each. */
final class AlphaIndicator {
  private final Conversion conversion;

  AlphaIndicator(Conversion conversion) {
    this.conversion = conversion;
  }

  /** Null when there is none that is valid, and reported. */
  @Nullable SliSource read(YamlMap spec, YamlMap objective) {
    return objective.has("ratioMetrics") ? ratio(objective) : threshold(spec, objective);
  }

  private @Nullable SliSource ratio(YamlMap objective) {
    if (objective.has("value")) {
      conversion.lose(objective.at("value"), objective.name("value"));
    }
    if (objective.has("op")) {
      conversion.lose(objective.at("op"), objective.name("op"));
    }
    YamlMap ratio = conversion.map(objective, "ratioMetrics", "good", "total", "incremental");
    if (ratio == null) {
      return null;
    }
    boolean counter = Boolean.TRUE.equals(ratio.flag("incremental"));
    String good = overWindow(ratio, "good", counter);
    String total = overWindow(ratio, "total", counter);
    return good == null || total == null
        ? null
        : new PrometheusQueries.Ratio(good, false, total, counter);
  }

  private @Nullable String overWindow(YamlMap ratio, String key, boolean counter) {
    String query = query(ratio, key);
    String windowed = query == null ? null : Promql.overWindow(query, counter);
    if (query != null && windowed == null) {
      ratio.error(
          key,
          "a counter below more than a sum, expected a selector, a sum of one, or a query with "
              + Promql.WINDOW);
    }
    return windowed;
  }

  private @Nullable SliSource threshold(YamlMap spec, YamlMap objective) {
    spec.required("indicator", "a mapping with a thresholdMetric, or ratioMetrics in an objective");
    YamlMap indicator = conversion.map(spec, "indicator", "thresholdMetric");
    String query = indicator == null ? null : query(indicator, "thresholdMetric");
    String expected = "lt, lte, gt or gte";
    String word = objective.requiredText("op", expected);
    objective.required("value", "what the query's value is compared with");
    BigDecimal value = objective.signedNumber("value");
    for (PrometheusQueries.Op op : PrometheusQueries.Op.values()) {
      if (op.word().equals(word) && query != null && value != null) {
        return new PrometheusQueries.Threshold(query, op, value);
      }
    }
    if (word != null && query != null && value != null) {
      objective.unexpected("op", expected);
    }
    return null;
  }

  private @Nullable String query(YamlMap parent, String key) {
    parent.required(key, "a mapping with a query");
    YamlMap metric = conversion.map(parent, key, "source", "queryType", "query");
    if (metric == null) {
      return null;
    }
    String source = metric.requiredText("source", "prometheus");
    if (source != null && !source.equalsIgnoreCase("prometheus")) {
      metric.unexpected("source", "prometheus: no other source can be asked");
      return null;
    }
    return Queries.read(conversion, metric, "query");
  }
}
