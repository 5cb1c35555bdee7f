// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How a target is written in an objective. */
final class TargetReader {
  private TargetReader() {}

  /** The share of good events; null when it is absent or not valid, and reported. */
  static @Nullable BigDecimal read(YamlMap objective) {
    boolean percent = objective.has("targetPercent");
    if (objective.has("target") == percent) {
      objective.error(
          "targetPercent",
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
      objective.unexpected(
          key,
          "less than "
              + (percent ? "100" : "1")
              + ": without an error budget there is nothing to burn");
      return null;
    }
    return share.stripTrailingZeros();
  }
}
