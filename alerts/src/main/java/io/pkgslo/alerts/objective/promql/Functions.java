// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions and aggregations that Prometheus 2.42 and 3.x both have. */
final class Functions {
  /**
   * What a function takes and gives.
   *
   * @param arguments a letter for each: v vector, m range, s number, t text; after {@code ?} come
   *     those that may be left out, and {@code *} repeats the last
   */
  record Signature(String arguments, Expr.Type result) {}

  /** Aggregations, with the type of their parameter: {@code -} for none. */
  private static final Map<String, Character> AGGREGATIONS =
      Map.ofEntries(
          Map.entry("sum", '-'),
          Map.entry("min", '-'),
          Map.entry("max", '-'),
          Map.entry("avg", '-'),
          Map.entry("group", '-'),
          Map.entry("stddev", '-'),
          Map.entry("stdvar", '-'),
          Map.entry("count", '-'),
          Map.entry("count_values", 't'),
          Map.entry("bottomk", 's'),
          Map.entry("topk", 's'),
          Map.entry("quantile", 's'));

  private static final Map<String, Signature> BY_NAME = new HashMap<>();

  static {
    for (String name :
        Set.of(
            "abs",
            "absent",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "ceil",
            "cos",
            "cosh",
            "deg",
            "exp",
            "floor",
            "histogram_count",
            "histogram_sum",
            "ln",
            "log10",
            "log2",
            "rad",
            "sgn",
            "sin",
            "sinh",
            "sort",
            "sort_desc",
            "sqrt",
            "tan",
            "tanh",
            "timestamp")) {
      vector(name, "v");
    }
    for (String name :
        Set.of(
            "absent_over_time",
            "avg_over_time",
            "changes",
            "count_over_time",
            "delta",
            "deriv",
            "idelta",
            "increase",
            "irate",
            "last_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "rate",
            "resets",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time")) {
      vector(name, "m");
    }
    for (String name :
        Set.of(
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "days_in_month",
            "hour",
            "minute",
            "month",
            "year")) {
      vector(name, "?v");
    }
    vector("clamp", "vss");
    vector("clamp_max", "vs");
    vector("clamp_min", "vs");
    vector("histogram_fraction", "ssv");
    vector("histogram_quantile", "sv");
    vector("label_join", "vttt*");
    vector("label_replace", "vtttt");
    vector("predict_linear", "ms");
    vector("quantile_over_time", "sm");
    vector("round", "v?s");
    vector("vector", "s");
    BY_NAME.put("pi", new Signature("", Expr.Type.SCALAR));
    BY_NAME.put("scalar", new Signature("v", Expr.Type.SCALAR));
    BY_NAME.put("time", new Signature("", Expr.Type.SCALAR));
  }

  private Functions() {}

  private static void vector(String name, String arguments) {
    BY_NAME.put(name, new Signature(arguments, Expr.Type.VECTOR));
  }

  /** Null for what is no function. */
  static @Nullable Signature named(String name) {
    return BY_NAME.get(name);
  }

  /** Null for what is no aggregation. */
  static @Nullable Character parameterOf(String aggregation) {
    return AGGREGATIONS.get(aggregation);
  }
}
