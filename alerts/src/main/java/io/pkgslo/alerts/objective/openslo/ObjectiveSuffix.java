// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.Locale;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What tells the objectives of one SLO apart in their ids: the display name, else the value, else
 * the target. Not their order, so that one can be put before another without renaming its series.
 */
final class ObjectiveSuffix {
  private ObjectiveSuffix() {}

  static String of(YamlMap objective) {
    for (String key : new String[] {"displayName", "value", "target", "targetPercent"}) {
      Node value = objective.get(key);
      if (value instanceof ScalarNode scalar) {
        String slug = slug(scalar.getValue());
        if (!slug.isEmpty()) {
          return slug;
        }
      }
    }
    return "";
  }

  /** Lower-case letters and digits, with a dash for each run of others. */
  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
