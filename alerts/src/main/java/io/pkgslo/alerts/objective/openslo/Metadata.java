// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What every OpenSLO document says about itself.
 *
 * @param name unique among the documents of its kind; where it is no valid one, which is reported,
 *     what stands there
 * @param nameAt where the name stands
 * @param displayName the name where none is given
 * @param labels each with one value or more, in their order
 * @param annotations of others than pkgslo
 * @param ours annotations that begin with {@value #PREFIX}
 */
record Metadata(
    String name,
    Node nameAt,
    String displayName,
    Map<String, List<String>> labels,
    Map<String, List<String>> annotations,
    OurAnnotations ours) {
  static final String PREFIX = "pkgslo.io/";

  private static final int LONGEST_DISPLAY_NAME = 63;
  private static final String NAME_PART = "[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
  private static final Pattern LABEL_KEY = Pattern.compile(NAME_PART);
  private static final Pattern ANNOTATION_KEY =
      Pattern.compile("([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?/)?" + NAME_PART);

  /** Null when there is none, or no name; then it is reported. */
  static @Nullable Metadata of(YamlMap document, Dialect dialect, boolean isSlo) {
    YamlMap metadata = document.requiredMap("metadata", "a mapping with a name", keysOf(dialect));
    if (metadata == null) {
      return null;
    }
    String name = name(metadata);
    String displayName = displayName(metadata);
    Map<String, List<String>> labels = entries(metadata, "labels", LABEL_KEY);
    Map<String, List<String>> annotations = entries(metadata, "annotations", ANNOTATION_KEY);
    OurAnnotations ours = OurAnnotations.of(metadata, isSlo);
    annotations.keySet().removeIf(key -> key.startsWith(PREFIX));
    return name == null
        ? null
        : new Metadata(
            name,
            metadata.at("name"),
            displayName == null ? name : displayName,
            labels,
            annotations,
            ours);
  }

  private static String[] keysOf(Dialect dialect) {
    return switch (dialect) {
      case V1 -> new String[] {"name", "displayName", "labels", "annotations"};
      case V2ALPHA -> new String[] {"name", "labels", "annotations"};
    };
  }

  /** The name; reports when it is absent, which gives null, or not a DNS label. */
  private static @Nullable String name(YamlMap metadata) {
    String name = metadata.requiredText("name", "a name");
    if (name != null && !Slo.isId(name)) {
      metadata.unexpected("name", "1 to 63 lower-case letters, digits and dashes");
    }
    return name;
  }

  /** Prometheus takes two braces in an annotation for the begin of a template. */
  static @Nullable String displayName(YamlMap map) {
    String displayName = map.text("displayName");
    if (displayName != null && displayName.contains("{{")) {
      map.error("displayName", "'displayName' has '{{', expected text without");
    } else if (displayName != null && displayName.length() > LONGEST_DISPLAY_NAME) {
      map.error(
          "displayName",
          "'displayName' has " + displayName.length() + " characters, expected up to 63");
    }
    return displayName;
  }

  /** Labels or annotations: text, or a list of texts. */
  private static Map<String, List<String>> entries(YamlMap metadata, String key, Pattern keys) {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    Node value = metadata.get(key);
    YamlMap map =
        value == null ? null : YamlMap.open(value, metadata.name(key), metadata.problems());
    if (map == null) {
      return entries;
    }
    for (String name : map.values().keySet()) {
      if (!keys.matcher(name).matches()) {
        map.error(
            name,
            "the name "
                + YamlMap.quote(name)
                + " in "
                + metadata.name(key)
                + ", expected letters, digits, dashes, dots and underscores, up to 63");
      }
      entries.put(name, map.texts(name));
    }
    return entries;
  }
}
