// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.DurationLists;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code buckets} and {@code breaches} of a source of type pkgslo. */
final class DurationBoundsReader {
  static final String BUCKETS = "buckets";
  static final String BREACHES = "breaches";

  private final YamlMap spec;
  private final Slo.@Nullable Sli sli;

  /**
   * @param sli null when it is not valid, and reported
   */
  DurationBoundsReader(YamlMap spec, Slo.@Nullable Sli sli) {
    this.spec = spec;
    this.sli = sli;
  }

  /** What is not valid is reported. */
  DurationBounds read() {
    return new DurationBounds(
        belongs(BUCKETS) ? DurationLists.buckets(spec, BUCKETS) : List.of(),
        belongs(BREACHES) ? DurationLists.breaches(spec, BREACHES) : List.of());
  }

  private boolean belongs(String key) {
    if (!spec.has(key)) {
      return false;
    }
    if (sli != null && !sli.isLatency()) {
      spec.error(
          key, YamlMap.quote(key) + " are bounds of time, expected them with latencies only");
      return false;
    }
    if (spec.has("filter") || spec.has("labels")) {
      spec.error(
          key,
          YamlMap.quote(key)
              + " beside filter or labels, expected either: what a selector takes is counted by"
              + " its threshold alone");
      return false;
    }
    return true;
  }
}
