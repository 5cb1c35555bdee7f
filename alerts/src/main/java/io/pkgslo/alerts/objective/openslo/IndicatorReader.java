// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of an SLI. */
final class IndicatorReader {
  private static final String EXPECTED = "ratioMetric or thresholdMetric";

  private final MetricReader metrics;

  IndicatorReader(MetricReader metrics) {
    this.metrics = metrics;
  }

  /** Null when it is not valid, and reported. */
  @Nullable Indicator read(YamlMap parent) {
    int before = parent.problems().all().errors();
    YamlMap spec =
        parent.requiredMap(
            "spec", "a mapping with " + EXPECTED, "description", "ratioMetric", "thresholdMetric");
    if (spec == null) {
      return null;
    }
    Prose.description(spec);
    if (spec.has("ratioMetric") == spec.has("thresholdMetric")) {
      spec.error(
          "thresholdMetric",
          (spec.has("ratioMetric") ? "both forms of an SLI" : "no form of an SLI")
              + ", expected either "
              + EXPECTED);
      return null;
    }
    Indicator indicator = spec.has("ratioMetric") ? ratio(spec) : threshold(spec);
    return parent.problems().all().errors() > before ? null : indicator;
  }

  private @Nullable Indicator ratio(YamlMap spec) {
    YamlMap ratio = spec.map("ratioMetric", "counter", "good", "bad", "total", "raw", "rawType");
    if (ratio == null) {
      return null;
    }
    Boolean counter = ratio.flag("counter");
    if (ratio.has("raw")) {
      return raw(ratio);
    }
    if (ratio.has("rawType")) {
      ratio.error("rawType", "'rawType' without 'raw', expected both or none");
    }
    if (ratio.has("good") == ratio.has("bad")) {
      ratio.error(
          "bad",
          (ratio.has("good") ? "both good and bad" : "neither good nor bad")
              + ", expected one of them, and total; or raw");
      return null;
    }
    MetricReader.Metric part = metrics.read(ratio, ratio.has("good") ? "good" : "bad");
    MetricReader.Metric total = metrics.read(ratio, "total");
    if (part == null || total == null) {
      return null;
    }
    if (part.source() != total.source()) {
      ratio.error("total", "total asks another source than the other part, expected the same");
      return null;
    }
    return switch (part.source()) {
      case PKGSLO -> pkgslo(ratio, counter, part, total);
      case PROMETHEUS -> prometheus(ratio, counter, part, total);
    };
  }

  private @Nullable Indicator raw(YamlMap ratio) {
    for (String key : new String[] {"good", "bad", "total"}) {
      if (ratio.has(key)) {
        ratio.error(key, YamlMap.quote(key) + " beside 'raw', expected either");
      }
    }
    String expected = "success or failure";
    String type = ratio.requiredText("rawType", expected);
    boolean failure = "failure".equals(type);
    if (type != null && !failure && !type.equals("success")) {
      ratio.unexpected("rawType", expected);
    }
    MetricReader.Metric metric = metrics.read(ratio, "raw");
    if (metric != null && metric.source() == MetricReader.Source.PKGSLO) {
      ratio.error(
          "raw", "'raw' of type pkgslo, expected good or bad, and total: pkgslo keeps two sums");
      return null;
    }
    String query = metric == null ? null : MetricReader.query(metric);
    return query == null ? null : new Indicator.Complete(new PrometheusQueries.Raw(query, failure));
  }

  /**
   * Both parts name one source, since each SLI of ours is a pair of sums; those of logs and metrics
   * may differ in what they select.
   */
  private static @Nullable Indicator pkgslo(
      YamlMap ratio, @Nullable Boolean counter, MetricReader.Metric part, MetricReader.Metric all) {
    if (Boolean.FALSE.equals(counter)) {
      ratio.error("counter", "'counter' is false, expected true: events are counted");
    }
    PkgsloSpec spec = PkgsloSpec.of(part);
    PkgsloSpec total = PkgsloSpec.of(all);
    if (spec == null || total == null) {
      return null;
    }
    if (total.sli() == Slo.Sli.LOG || total.sli() == Slo.Sli.METRIC) {
      ItemSelector selector = new SelectedRatio(ratio, ratio.has("good"), spec, total).selector();
      return selector == null ? null : new Indicator.Complete(total.counted(null, null, selector));
    }
    if (!spec.equals(total)) {
      ratio.error("total", "total has another source, expected the same as the other part");
      return null;
    }
    BigDecimal above = spec.above();
    boolean complete =
        spec.sli().isLatency() ? spec.threshold() != null : spec.sli() != Slo.Sli.RUNTIME;
    if (!complete && above == null) {
      ratio
          .problems()
          .error(ratio.node(), PkgsloSpec.word(spec.sli()) + " has no threshold, expected one");
      return null;
    }
    return new Indicator.Complete(
        above == null ? Indicator.counted(spec) : Indicator.runtime(spec, above));
  }

  private static @Nullable Indicator prometheus(
      YamlMap ratio, @Nullable Boolean counter, MetricReader.Metric part, MetricReader.Metric all) {
    boolean counts = !Boolean.FALSE.equals(counter);
    String events = overWindow(part, counts);
    String total = overWindow(all, counts);
    return events == null || total == null
        ? null
        : new Indicator.Complete(
            new PrometheusQueries.Ratio(events, ratio.has("bad"), total, counts));
  }

  /** The events of a window; null when the query has none, and reported. */
  private static @Nullable String overWindow(MetricReader.Metric metric, boolean counter) {
    String query = MetricReader.query(metric);
    if (query == null) {
      return null;
    }
    String windowed = Promql.overWindow(query, counter);
    if (windowed == null) {
      metric
          .spec()
          .problems()
          .error(
              metric.spec().node(),
              "a counter below more than a sum, expected a selector, a sum of one, or a query with "
                  + Promql.WINDOW);
    }
    return windowed;
  }

  private @Nullable Indicator threshold(YamlMap spec) {
    MetricReader.Metric metric = metrics.read(spec, "thresholdMetric");
    if (metric == null) {
      return null;
    }
    return switch (metric.source()) {
      case PROMETHEUS -> {
        String query = MetricReader.query(metric);
        yield query == null ? null : new Indicator.PrometheusByValue(query);
      }
      case PKGSLO -> byValue(spec, metric);
    };
  }

  private static @Nullable Indicator byValue(YamlMap spec, MetricReader.Metric metric) {
    PkgsloSpec source = PkgsloSpec.of(metric);
    if (source == null) {
      return null;
    }
    if (!source.sli().isLatency() && !PkgsloSpec.hasNumber(source.sli())) {
      spec.error(
          "thresholdMetric",
          PkgsloSpec.word(source.sli())
              + " as a thresholdMetric, expected a ratioMetric: only latencies, runtime, log and"
              + " metric have a value");
      return null;
    }
    if (source.threshold() != null || source.above() != null) {
      spec.error(
          "thresholdMetric",
          "a threshold in a thresholdMetric, expected it as the objective's value");
      return null;
    }
    if (source.metric() == null && !source.sli().isLatency()) {
      spec.error(
          "thresholdMetric",
          PkgsloSpec.word(source.sli())
              + " without a metric, expected the one whose value is compared");
      return null;
    }
    return new Indicator.PkgsloByValue(source);
  }
}
