// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Targets in percent. */
final class Percent {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,10})?");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Percent() {}

  /** The share; null when absent or not valid, and reported. */
  static @Nullable BigDecimal target(YamlMap map, String key) {
    String expected = "a percentage such as 99.9, less than 100";
    String text = map.scalar(key, expected);
    if (text == null) {
      return null;
    }
    if (!NUMBER.matcher(text).matches() || new BigDecimal(text).compareTo(HUNDRED) >= 0) {
      map.unexpected(key, expected + ": without an error budget there is nothing to burn");
      return null;
    }
    return new BigDecimal(text).movePointLeft(2);
  }
}
