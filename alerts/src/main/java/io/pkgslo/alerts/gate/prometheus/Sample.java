// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series and what it is worth now.
 *
 * @param labels without {@code __name__}
 * @param value finite
 */
record Sample(String name, Map<String, String> labels, double value) {
  static final String NAME_LABEL = "__name__";

  Sample {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value);
    }
  }

  /** As Prometheus shows it; the result of an expression has no name. */
  Map<String, String> metric() {
    Map<String, String> metric = new TreeMap<>(labels);
    if (!name.isEmpty()) {
      metric.put(NAME_LABEL, name);
    }
    return metric;
  }

  String label(String label) {
    return label.equals(NAME_LABEL) ? name : labels.getOrDefault(label, "");
  }
}
