// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads documents of kind SLO.
 *
 * @param indicators every SLI that the files name; the value is null where it is not valid, and
 *     reported there
 * @param services every Service that the files name
 */
record SloReader(Map<String, @Nullable Indicator> indicators, Set<String> services) {
  private static final Duration SHORTEST_PERIOD = Duration.ofMinutes(1);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(90);

  /** Slower burning never spends the budget; a tenth is left for the rounding of shares. */
  private static final BigDecimal LEAST_FACTOR = new BigDecimal("0.9");

  /** Null when the document is not valid; then it is reported. */
  @Nullable Slo read(OpenSloDocument document) {
    Problems all = document.body().problems().all();
    int before = all.errors();
    YamlMap spec =
        document
            .body()
            .requiredMap(
                "spec",
                "a mapping",
                "description",
                "service",
                "indicator",
                "indicatorRef",
                "timeWindow",
                "budgetingMethod",
                "objectives",
                "alertPolicies");
    if (spec == null) {
      return null;
    }
    spec.checkProse("description");
    checkService(spec);
    checkMethod(spec);
    refuseAlertPolicies(spec);
    Indicator indicator = indicator(spec);
    Duration period = period(spec);
    YamlMap objective = objective(spec);
    BigDecimal target = objective == null ? null : Target.of(objective);
    Duration threshold =
        objective == null || indicator == null ? null : threshold(objective, indicator);
    if (indicator == null
        || period == null
        || target == null
        || !document.sound()
        || all.errors() > before) {
      return null;
    }
    return new Slo(
        document.name(),
        document.displayName(),
        indicator.source().sli(),
        indicator.source().service(),
        indicator.source().goPackage(),
        target,
        period,
        threshold,
        tiers(period, target, document),
        document.runbookUrl());
  }

  private void checkService(YamlMap spec) {
    String service = spec.requiredText("service", "the name of a Service");
    if (service != null && !services.isEmpty() && !services.contains(service)) {
      spec.problems()
          .error(
              spec.at("service"),
              "there is no Service " + YamlMap.quote(service) + ", expected one of these files");
    }
  }

  private static void checkMethod(YamlMap spec) {
    String method = spec.requiredText("budgetingMethod", "Occurrences");
    if (method == null || method.equals("Occurrences")) {
      return;
    }
    boolean known = method.equals("Timeslices") || method.equals("RatioTimeslices");
    spec.problems()
        .error(
            spec.at("budgetingMethod"),
            "budgetingMethod is "
                + YamlMap.quote(method)
                + (known ? ", which is not supported yet, expected" : ", expected")
                + " Occurrences");
  }

  private static void refuseAlertPolicies(YamlMap spec) {
    Node policies = spec.get("alertPolicies");
    if (policies != null && !(policies instanceof SequenceNode list && list.getValue().isEmpty())) {
      spec.problems()
          .error(
              policies,
              "alert policies are not supported yet, expected none: every objective alerts by"
                  + " burn rates on its own");
    }
  }

  private @Nullable Indicator indicator(YamlMap spec) {
    if (spec.has("indicator") == spec.has("indicatorRef")) {
      spec.problems()
          .error(
              spec.at("indicatorRef"),
              (spec.has("indicator") ? "both indicator and indicatorRef" : "no indicator")
                  + ", expected either indicator or indicatorRef");
      return null;
    }
    if (spec.has("indicator")) {
      YamlMap inline = spec.map("indicator", "metadata", "spec");
      if (inline == null) {
        return null;
      }
      OpenSloDocument.checkInlineMetadata(inline);
      return Indicator.of(inline);
    }
    String name = spec.text("indicatorRef");
    if (name != null && !indicators.containsKey(name)) {
      spec.problems()
          .error(
              spec.at("indicatorRef"),
              "there is no SLI " + YamlMap.quote(name) + ", expected one of these files");
    }
    return name == null ? null : indicators.get(name);
  }

  private static @Nullable Duration period(YamlMap spec) {
    YamlMap window =
        spec.only("timeWindow", "a rolling window", "duration", "isRolling", "calendar");
    if (window == null) {
      return null;
    }
    Boolean rolling = window.flag("isRolling");
    if (window.has("calendar") || Boolean.FALSE.equals(rolling)) {
      window
          .problems()
          .error(
              window.has("calendar") ? window.at("calendar") : window.at("isRolling"),
              "calendar windows are not supported yet, expected isRolling: true");
    } else {
      window.required("isRolling", "true");
    }
    String text = window.requiredText("duration", "such as 7d");
    if (text == null) {
      return null;
    }
    Duration period = Durations.window(text);
    if (period == null
        || period.compareTo(SHORTEST_PERIOD) < 0
        || period.compareTo(LONGEST_PERIOD) > 0) {
      window
          .problems()
          .error(
              window.at("duration"),
              "duration is "
                  + YamlMap.quote(text)
                  + ", expected "
                  + (period == null
                      ? "a whole number and m (minutes), h, d, w, M (30 days), Q or Y"
                      : "1m to 90d, which is how long events are kept"));
      return null;
    }
    return period;
  }

  private static @Nullable YamlMap objective(YamlMap spec) {
    return spec.only(
        "objectives",
        "an objective with a target",
        "displayName",
        "op",
        "value",
        "target",
        "targetPercent",
        "timeSliceTarget",
        "timeSliceWindow");
  }

  /** The threshold of latencies, which in the form thresholdMetric is the objective's value. */
  private static @Nullable Duration threshold(YamlMap objective, Indicator indicator) {
    FileProblems problems = objective.problems();
    if (!indicator.byValue()) {
      for (String key : new String[] {"op", "value"}) {
        if (objective.has(key)) {
          problems.error(
              objective.at(key),
              YamlMap.quote(key) + " belongs to a thresholdMetric, expected none with ratioMetric");
        }
      }
      return indicator.source().threshold();
    }
    String op = objective.requiredText("op", "lte");
    if (op != null && !op.equals("lte")) {
      problems.error(
          objective.at("op"),
          "op is " + YamlMap.quote(op) + ", expected lte: up to the value is good");
    }
    objective.required("value", "the threshold in seconds");
    BigDecimal value = objective.number("value");
    if (value == null) {
      return null;
    }
    Duration threshold = Durations.seconds(value);
    if (threshold == null) {
      problems.error(
          objective.at("value"),
          "value is "
              + YamlMap.describe(objective.at("value"))
              + ", expected seconds, up to a day, with at most 9 decimals");
      return null;
    }
    PkgsloSource.checkThreshold(
        indicator.source().sli(), threshold, objective.at("value"), problems);
    return threshold;
  }

  /** The tiers that make sense for the period; those that never fire stay, and are warned of. */
  private static List<BurnTier> tiers(
      Duration period, BigDecimal target, OpenSloDocument document) {
    List<BurnTier> tiers = new ArrayList<>();
    for (BurnTier tier : BurnTier.defaultsFor(period)) {
      String name =
          "the tier of "
              + WindowLabel.of(tier.longWindow())
              + " with burn rate "
              + tier.factor(period).toPlainString();
      if (tier.factor(period).compareTo(LEAST_FACTOR) < 0) {
        document
            .body()
            .problems()
            .warning(
                document.nameAt(),
                name + " would fire within the budget and is left out, expected a longer period");
      } else {
        tiers.add(tier);
        if (!tier.reachable(target, period)) {
          document
              .body()
              .problems()
              .warning(
                  document.nameAt(),
                  name + " can never fire, expected a target nearer to 1 for it");
        }
      }
    }
    return tiers;
  }
}
