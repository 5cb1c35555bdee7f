// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus knows when it fills in the text of one alert.
 *
 * @param labels of the alert's subject
 * @param value of the alert's expression
 * @param series values of the subject's series, by name; absent where a series is
 * @param newestVersion the version of the alert's service that came last; null when nobody knows
 */
record AlertFacts(
    Map<String, String> labels,
    double value,
    Map<String, Double> series,
    @Nullable String newestVersion) {
  AlertFacts {
    labels = Map.copyOf(labels);
    series = Map.copyOf(series);
  }

  /** Empty without the label, as in a template. */
  String label(String name) {
    String label = labels.get(name);
    return label == null ? "" : label;
  }

  /** Null when there is none. */
  @Nullable Double look(String name) {
    return series.get(name);
  }
}
