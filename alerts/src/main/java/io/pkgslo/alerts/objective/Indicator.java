// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import org.jspecify.annotations.Nullable;

/**
 * An SLI as OpenSLO describes it.
 *
 * @param byValue true in the form {@code thresholdMetric}, whose threshold is the objective's value
 */
record Indicator(PkgsloSource source, boolean byValue) {
  private static final String EXPECTED = "ratioMetric or thresholdMetric";

  /** Reads the {@code spec} of an SLI; null when it is not valid. */
  static @Nullable Indicator of(YamlMap parent) {
    int before = parent.problems().all().errors();
    YamlMap spec =
        parent.requiredMap(
            "spec", "a mapping with " + EXPECTED, "description", "ratioMetric", "thresholdMetric");
    if (spec == null) {
      return null;
    }
    spec.checkProse("description");
    if (spec.has("ratioMetric") == spec.has("thresholdMetric")) {
      spec.problems()
          .error(
              spec.at("thresholdMetric"),
              (spec.has("ratioMetric") ? "both forms of an SLI" : "no form of an SLI")
                  + ", expected either "
                  + EXPECTED);
      return null;
    }
    Indicator indicator = spec.has("ratioMetric") ? ratio(spec) : threshold(spec);
    return parent.problems().all().errors() > before ? null : indicator;
  }

  /** Both parts name one source, since each SLI of ours is a pair of sums. */
  private static @Nullable Indicator ratio(YamlMap spec) {
    YamlMap ratio = spec.map("ratioMetric", "counter", "good", "bad", "total", "raw", "rawType");
    if (ratio == null) {
      return null;
    }
    checkShape(ratio);
    PkgsloSource part = part(ratio);
    PkgsloSource total = PkgsloSource.of(ratio, "total");
    if (part != null && total != null && !part.equals(total)) {
      ratio
          .problems()
          .error(
              ratio.at("total"), "total has another source, expected the same as the other part");
    }
    if (part != null && part.sli().isLatency() && part.threshold() == null) {
      ratio
          .problems()
          .error(ratio.node(), PkgsloSource.word(part.sli()) + " has no threshold, expected one");
    }
    return part == null ? null : new Indicator(part, false);
  }

  private static void checkShape(YamlMap ratio) {
    for (String key : new String[] {"raw", "rawType"}) {
      if (ratio.has(key)) {
        ratio
            .problems()
            .error(
                ratio.at(key),
                YamlMap.quote(key) + " is not supported yet, expected good or bad, and total");
      }
    }
    if (Boolean.FALSE.equals(ratio.flag("counter"))) {
      ratio
          .problems()
          .error(ratio.at("counter"), "'counter' is false, expected true: events are counted");
    }
  }

  private static @Nullable PkgsloSource part(YamlMap ratio) {
    if (ratio.has("good") == ratio.has("bad")) {
      ratio
          .problems()
          .error(
              ratio.at("bad"),
              (ratio.has("good") ? "both good and bad" : "neither good nor bad")
                  + ", expected one of them, and total");
      return null;
    }
    return PkgsloSource.of(ratio, ratio.has("good") ? "good" : "bad");
  }

  private static @Nullable Indicator threshold(YamlMap spec) {
    PkgsloSource source = PkgsloSource.of(spec, "thresholdMetric");
    if (source == null) {
      return null;
    }
    if (!source.sli().isLatency()) {
      spec.problems()
          .error(
              spec.at("thresholdMetric"),
              PkgsloSource.word(source.sli())
                  + " as a thresholdMetric, expected a ratioMetric: only latencies have a value");
      return null;
    }
    if (source.threshold() != null) {
      spec.problems()
          .error(
              spec.at("thresholdMetric"),
              "a threshold in a thresholdMetric, expected it as the objective's value in seconds");
      return null;
    }
    return new Indicator(source, true);
  }
}
