// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.Thresholds;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An SLI as OpenSLO describes it; an objective makes a source of it. */
sealed interface Indicator {
  /**
   * The source for one objective; null when both do not fit, and reported.
   *
   * @param objective one of an SLO's list
   */
  @Nullable SliSource source(YamlMap objective);

  /** A ratio: the objective adds nothing, though OpenSLO's own examples have an operator. */
  record Complete(SliSource source) implements Indicator {
    private static final String NOT_OF_RATIOS =
        " belongs to a thresholdMetric, expected none with ratioMetric";

    @Override
    public SliSource source(YamlMap objective) {
      if (objective.has("op")) {
        objective.warning("op", "'op'" + NOT_OF_RATIOS);
      }
      if (objective.has("value")) {
        objective.error("value", "'value'" + NOT_OF_RATIOS);
      }
      return source;
    }
  }

  /** An SLI of ours whose threshold is the objective's value. */
  record PkgsloByValue(PkgsloSpec spec) implements Indicator {
    @Override
    public @Nullable SliSource source(YamlMap objective) {
      String op = objective.requiredText("op", "lte");
      if (op != null && !op.equals("lte")) {
        objective.unexpected("op", "lte: up to the value is good");
      }
      if (PkgsloSpec.hasNumber(spec.sli())) {
        objective.required("value", "the threshold in the metric's unit");
        BigDecimal above = objective.number("value");
        return above == null ? null : numeric(above);
      }
      objective.required("value", "the threshold in seconds");
      Duration threshold = Thresholds.seconds(objective, "value");
      return threshold == null ? null : latency(spec, threshold);
    }

    private PackageSli numeric(BigDecimal above) {
      return spec.sli() == Slo.Sli.RUNTIME
          ? runtime(spec, above)
          : spec.counted(
              null,
              null,
              new ItemSelector(spec.filter(), "", spec.metric(), null, above, spec.labels()));
    }
  }

  /** A query whose value the objective compares. */
  record PrometheusByValue(String query) implements Indicator {
    @Override
    public @Nullable SliSource source(YamlMap objective) {
      String expected = "lt, lte, gt or gte: how a good value compares";
      String word = objective.requiredText("op", expected);
      objective.required("value", "what the query's value is compared with");
      BigDecimal value = objective.signedNumber("value");
      for (PrometheusQueries.Op op : PrometheusQueries.Op.values()) {
        if (op.word().equals(word) && value != null) {
          return new PrometheusQueries.Threshold(query, op, value);
        }
      }
      if (word != null && value != null) {
        objective.unexpected("op", expected);
      }
      return null;
    }
  }

  /** An SLI of ours that names no threshold, or names it in its source. */
  static PackageSli counted(PkgsloSpec spec) {
    return latency(spec, spec.threshold());
  }

  /** A runtime metric and its threshold. */
  static PackageSli runtime(PkgsloSpec spec, BigDecimal above) {
    String metric = spec.metric() == null ? "" : spec.metric();
    return spec.counted(
        null, new RuntimeThreshold(metric, above, spec.slices()), ItemSelector.NONE);
  }

  private static PackageSli latency(PkgsloSpec spec, @Nullable Duration threshold) {
    return spec.counted(threshold, null, ItemSelector.of(spec.filter(), spec.labels()));
  }
}
