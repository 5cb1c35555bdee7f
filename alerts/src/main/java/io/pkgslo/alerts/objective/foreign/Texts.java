// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import org.jspecify.annotations.Nullable;

/** Text that people read, within what OpenSLO takes. */
final class Texts {
  private static final int LONGEST = 1_050;

  private Texts() {}

  /** Null when absent or blank; what is too long is cut, and told. */
  static @Nullable String description(Conversion conversion, YamlMap map) {
    if (!map.isText("description")) {
      map.checkProse("description");
      return null;
    }
    String text = map.text("description");
    if (text != null && text.length() > LONGEST) {
      conversion.lose(map.at("description"), "the description after " + LONGEST + " characters");
      return text.substring(0, LONGEST);
    }
    return text;
  }
}
