// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.WindowLabel;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alert conditions of the kind burnrate. */
final class ConditionReader {
  private static final Duration LONGEST_AFTER = Duration.ofDays(7);
  private static final String WINDOWS =
      BurnTier.LONG_WINDOWS.stream().map(WindowLabel::of).collect(Collectors.joining(", "));

  /** Null when it is not valid, and reported. */
  @Nullable Condition read(OpenSloDocument document) {
    YamlMap spec =
        document
            .body()
            .requiredMap(
                "spec", "a mapping with a condition", "description", "severity", "condition");
    if (spec == null) {
      return null;
    }
    Prose.description(spec);
    Severity severity = severity(spec);
    YamlMap condition =
        spec.requiredMap(
            "condition",
            "a mapping with a burn rate",
            "kind",
            "op",
            "threshold",
            "lookbackWindow",
            "alertAfter");
    if (condition == null) {
      return null;
    }
    checkKind(condition);
    checkOp(condition);
    BigDecimal burnRate = burnRate(condition);
    Duration lookback = lookback(condition);
    Duration after = after(condition);
    return severity == null || burnRate == null || lookback == null || after == null
        ? null
        : new Condition(severity, burnRate, lookback, after, document);
  }

  private static @Nullable Severity severity(YamlMap spec) {
    String text = spec.requiredText("severity", "such as page or ticket");
    if (text != null && !Severity.isValid(text)) {
      spec.unexpected("severity", "up to 63 letters, digits, dots, dashes and underscores");
      return null;
    }
    return text == null ? null : new Severity(text);
  }

  private static void checkKind(YamlMap condition) {
    String kind = condition.text("kind");
    if (kind != null && !kind.equals("burnrate")) {
      condition.unexpected("kind", "burnrate");
    }
  }

  /** OpenSLO's own examples write lte where a burn rate that exceeds the threshold is meant. */
  private static void checkOp(YamlMap condition) {
    String op = condition.requiredText("op", "gt");
    if (op == null || op.equals("gt") || op.equals("gte")) {
      return;
    }
    if (op.equals("lt") || op.equals("lte")) {
      condition.warning(
          "op",
          "op is " + YamlMap.quote(op) + " and read as gt, expected gt: a budget burns too fast");
    } else {
      condition.unexpected("op", "gt or gte");
    }
  }

  private static @Nullable BigDecimal burnRate(YamlMap condition) {
    condition.required("threshold", "a burn rate such as 14.4");
    BigDecimal burnRate = condition.number("threshold");
    if (burnRate != null && burnRate.signum() == 0) {
      condition.unexpected("threshold", "more than 0");
      return null;
    }
    return burnRate;
  }

  private static @Nullable Duration lookback(YamlMap condition) {
    String text = condition.requiredText("lookbackWindow", "one of " + WINDOWS);
    Duration lookback = text == null ? null : Durations.window(text);
    if (text != null && (lookback == null || !BurnTier.LONG_WINDOWS.contains(lookback))) {
      condition.unexpected(
          "lookbackWindow",
          "one of " + WINDOWS + ": burn rates are kept for these and a twelfth of each");
      return null;
    }
    return lookback;
  }

  private static @Nullable Duration after(YamlMap condition) {
    String text = condition.text("alertAfter");
    if (text == null) {
      return condition.has("alertAfter") ? null : Duration.ZERO;
    }
    Duration after = Durations.window(text);
    if (after == null || after.compareTo(LONGEST_AFTER) > 0) {
      condition.unexpected("alertAfter", "a whole number and m, h or d, up to 7d");
      return null;
    }
    return after;
  }
}
