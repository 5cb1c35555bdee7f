// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ratio of logs or of metrics: its two parts differ in what they select, and in nothing else.
 *
 * @param good true when the part is of good events, false when of bad ones
 */
record SelectedRatio(YamlMap ratio, boolean good, PkgsloSpec part, PkgsloSpec total) {
  /** Null when the two do not fit, and reported. */
  @Nullable ItemSelector selector() {
    if (part.equals(total)) {
      return byThreshold();
    }
    if (!part.sameBut(total)) {
      ratio.error(
          "total",
          "total has another source, expected one that differs from the other part in filter"
              + (isMetric() ? " and metric" : "")
              + " alone");
      return null;
    }
    if (part.above() != null || total.above() != null || (!isMetric() && part.metric() != null)) {
      ratio.error(
          "total",
          "a threshold beside two filters, expected either: the same source twice with metric and"
              + " threshold, or a filter for the other part");
      return null;
    }
    return isMetric() ? counters() : filtered(null);
  }

  private boolean isMetric() {
    return total.sli() == Slo.Sli.METRIC;
  }

  private @Nullable ItemSelector byThreshold() {
    if (total.metric() == null || total.above() == null) {
      ratio
          .problems()
          .error(
              ratio.node(),
              PkgsloSpec.word(total.sli())
                  + " does not say what is bad, expected metric and threshold, or a filter that"
                  + " only bad events satisfy");
      return null;
    }
    return new ItemSelector(
        total.filter(), "", total.metric(), null, total.above(), total.labels());
  }

  private @Nullable ItemSelector counters() {
    if (total.metric() == null || part.metric() == null) {
      ratio.error("total", "metric has no metric, expected the name of a counter in both parts");
      return null;
    }
    if (Objects.equals(part.metric(), total.metric())) {
      return filtered(total.metric());
    }
    if (good) {
      ratio.error(
          "good",
          "good counts another metric than total, expected bad: what is not good would be counted"
              + " from two counters that do not come together");
      return null;
    }
    return new ItemSelector(
        total.filter(), part.filter(), total.metric(), part.metric(), null, total.labels());
  }

  /** Bad are those of all that satisfy the part's filter too, or that do not. */
  private @Nullable ItemSelector filtered(@Nullable String metric) {
    if (part.filter().isEmpty()) {
      ratio.error(
          good ? "good" : "bad",
          "the other part has no filter, expected one that tells its events from all");
      return null;
    }
    String bad = good ? "not (" + part.filter() + ")" : part.filter();
    return new ItemSelector(total.filter(), bad, metric, metric, null, total.labels());
  }
}
