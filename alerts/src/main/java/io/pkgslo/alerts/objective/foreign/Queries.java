// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Queries of other tools. */
final class Queries {
  private Queries() {}

  /** A bound of a bucket without a fraction, in the spelling of Prometheus 2. */
  private static final Pattern WHOLE_BOUND =
      Pattern.compile("(?<=[{,]\\s{0,20})le\\s{0,20}=\\s{0,20}\"([0-9]{1,12})\"");

  /**
   * The same query for Prometheus 3 as well, which spells a whole bound of a bucket with a point
   * and a zero: there the selector would find nothing, and good events would be missing.
   */
  static @Nullable String read(Conversion conversion, YamlMap map, String key) {
    String query = plain(map, key);
    Matcher bound = WHOLE_BOUND.matcher(query == null ? "" : query);
    if (query == null || !bound.find()) {
      return query;
    }
    conversion.change(
        map.at(key),
        map.name(key) + " also finds le=\"" + bound.group(1) + ".0\", as Prometheus 3 spells it");
    return bound.replaceAll("le=~\"$1([.]0)?\"");
  }

  /** Null when absent or not PromQL, and reported. */
  private static @Nullable String plain(YamlMap map, String key) {
    String query = map.requiredText(key, "a query");
    String fault = query == null ? null : Promql.fault(query.strip());
    if (fault != null) {
      map.error(key, "the query has " + fault);
    }
    return query == null || fault != null ? null : Promql.withoutComments(query);
  }

  /** Events of a window; null when there are none, and reported. */
  static @Nullable String overWindow(Conversion conversion, YamlMap map, String key) {
    String query = read(conversion, map, key);
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
