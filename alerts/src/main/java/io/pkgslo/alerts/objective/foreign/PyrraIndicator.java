// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Thresholds;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mutable: one of Pyrra's four indicators, which name selectors, as queries over a window. */
final class PyrraIndicator {
  private static final List<String> FORMS =
      List.of("ratio", "latency", "latencyNative", "bool_gauge");

  private final Conversion conversion;
  private boolean isNative;
  private boolean twoMetrics;

  PyrraIndicator(Conversion conversion) {
    this.conversion = conversion;
  }

  /** True when what was read is about native histograms. */
  boolean isNative() {
    return isNative;
  }

  /** True when bad or good events are counted by another metric than all. */
  boolean hasTwoMetrics() {
    return twoMetrics;
  }

  /** Null when there is none that is valid, and reported. */
  @Nullable SliSource read(YamlMap spec) {
    YamlMap indicator = conversion.map(spec, "indicator", FORMS.toArray(String[]::new));
    if (indicator == null) {
      return null;
    }
    List<String> forms = FORMS.stream().filter(indicator::has).toList();
    if (forms.size() != 1) {
      indicator
          .problems()
          .error(
              indicator.node(),
              forms.size() + " indicators, expected one of " + String.join(", ", FORMS));
      return null;
    }
    return switch (forms.get(0)) {
      case "ratio" -> events(indicator, "ratio", "errors", true);
      case "latency" -> events(indicator, "latency", "success", false);
      case "latencyNative" -> nativeLatency(indicator);
      default -> gauge(indicator);
    };
  }

  private @Nullable SliSource events(
      YamlMap indicator, String form, String part, boolean partIsBad) {
    YamlMap map = conversion.map(indicator, form, part, "total", "grouping");
    if (map == null) {
      return null;
    }
    String by = by(map);
    String events = selector(map, part);
    String total = selector(map, "total");
    // Pyrra compares names for ratios alone: of latency the two are a bucket and a count.
    twoMetrics =
        events != null && total != null && (!partIsBad || !name(events).equals(name(total)));
    return events == null || total == null
        ? null
        : new PrometheusQueries.Ratio(
            sum(by, over("increase", events)), partIsBad, sum(by, over("increase", total)), true);
  }

  /** Of the metric that a selector is about. */
  private static String name(String selector) {
    int brace = selector.indexOf('{');
    return (brace < 0 ? selector : selector.substring(0, brace)).strip();
  }

  /** The share of a native histogram below the threshold, times its count. */
  private @Nullable SliSource nativeLatency(YamlMap indicator) {
    isNative = true;
    YamlMap map = conversion.map(indicator, "latencyNative", "total", "latency", "grouping");
    if (map == null) {
      return null;
    }
    String total = selector(map, "total");
    map.required("latency", "such as 200ms");
    Duration latency = Thresholds.duration(map, "latency");
    if (total == null || latency == null) {
      return null;
    }
    String histogram = sum(by(map), over("increase", total));
    String seconds = BigDecimal.valueOf(latency.toNanos(), 9).stripTrailingZeros().toPlainString();
    String count = "histogram_count(" + histogram + ")";
    return new PrometheusQueries.Ratio(
        "histogram_fraction(0, " + seconds + ", " + histogram + ") * " + count, false, count, true);
  }

  /** Samples that are 1 are good. */
  private @Nullable SliSource gauge(YamlMap indicator) {
    YamlMap map = conversion.map(indicator, "bool_gauge", "metric", "grouping");
    String metric = map == null ? null : metric(map);
    return map == null || metric == null
        ? null
        : new PrometheusQueries.Ratio(
            sum(by(map), over("sum_over_time", metric)),
            false,
            sum(by(map), over("count_over_time", metric)),
            false);
  }

  private @Nullable String selector(YamlMap map, String key) {
    map.required(key, "a mapping with a metric");
    YamlMap query = conversion.map(map, key, "metric");
    return query == null ? null : metric(query);
  }

  private @Nullable String metric(YamlMap map) {
    String metric = Queries.read(conversion, map, "metric");
    if (metric != null && !Promql.isSelector(metric)) {
      map.error("metric", "metric is a query, expected a selector such as http_requests_total");
      return null;
    }
    return metric;
  }

  private static String over(String function, String selector) {
    return function + "(" + selector + "[" + Promql.WINDOW + "])";
  }

  private static String sum(String by, String query) {
    return "sum" + by + "(" + query + ")";
  }

  private static String by(YamlMap map) {
    List<String> labels = map.texts("grouping");
    for (String label : labels) {
      if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
        map.error("grouping", "grouping has " + YamlMap.quote(label) + ", expected label names");
        return "";
      }
    }
    return labels.isEmpty() ? "" : " by (" + String.join(", ", labels) + ") ";
  }
}
