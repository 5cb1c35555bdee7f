// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import org.jspecify.annotations.Nullable;

/** Descriptions: text that people read. */
final class Prose {
  private static final int LONGEST = 1_050;

  private Prose() {}

  /** Null when it is absent or empty, or not text, which is reported. */
  static @Nullable String description(YamlMap map) {
    map.checkProse("description");
    if (!map.has("description") || !map.isText("description")) {
      return null;
    }
    String text = map.text("description");
    if (text != null && text.length() > LONGEST) {
      map.error(
          "description",
          "'description' has " + text.length() + " characters, expected up to " + LONGEST);
    }
    return text;
  }
}
