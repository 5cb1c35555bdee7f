// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How a target is written in an objective. */
final class Target {
  private Target() {}

  /** The share of good events; null when it is absent or not valid, and reported. */
  static @Nullable BigDecimal of(YamlMap objective) {
    FileProblems problems = objective.problems();
    objective.checkProse("displayName");
    for (String key : new String[] {"timeSliceTarget", "timeSliceWindow"}) {
      if (objective.has(key)) {
        problems.error(
            objective.at(key),
            YamlMap.quote(key) + " belongs to time slices, expected none with Occurrences");
      }
    }
    boolean percent = objective.has("targetPercent");
    if (objective.has("target") == percent) {
      problems.error(
          objective.at("targetPercent"),
          (percent ? "both target and targetPercent" : "no target")
              + ", expected either target or targetPercent");
      return null;
    }
    String key = percent ? "targetPercent" : "target";
    BigDecimal number = objective.number(key);
    if (number == null) {
      return null;
    }
    BigDecimal share = percent ? number.movePointLeft(2) : number;
    if (share.compareTo(BigDecimal.ONE) >= 0) {
      problems.error(
          objective.at(key),
          key
              + " is "
              + YamlMap.describe(objective.at(key))
              + ", expected less than "
              + (percent ? "100" : "1")
              + ": without an error budget there is nothing to burn");
      return null;
    }
    return share.stripTrailingZeros();
  }
}
