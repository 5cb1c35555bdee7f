// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import org.jspecify.annotations.Nullable;

/** Queries of other tools. */
final class Queries {
  private Queries() {}

  /** Null when absent or not PromQL, and reported. */
  static @Nullable String read(YamlMap map, String key) {
    String query = map.requiredText(key, "a query");
    String fault = query == null ? null : Promql.fault(query.strip());
    if (fault != null) {
      map.error(key, "the query has " + fault);
    }
    return query == null || fault != null ? null : query.strip();
  }

  /** Events of a window; null when there are none, and reported. */
  static @Nullable String overWindow(YamlMap map, String key) {
    String query = read(map, key);
    String windowed = query == null ? null : Promql.overWindow(query, true);
    if (query != null && windowed == null) {
      map.error(key, "a query without a window, expected " + Promql.WINDOW + " in it");
    }
    return windowed;
  }

  /** A ratio of bad events that is there already. */
  static PrometheusQueries.Raw errorRatio(String query) {
    return new PrometheusQueries.Raw(Promql.averagedOverWindow(query), true);
  }
}
