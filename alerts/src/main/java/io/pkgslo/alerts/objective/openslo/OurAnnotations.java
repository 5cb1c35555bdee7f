// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The annotations of a document that begin with {@code pkgslo.io/}: what OpenSLO has no key for. A
 * value is text or a list of texts; each line of a text counts as an element.
 *
 * @param map all annotations; null when there are none
 */
record OurAnnotations(@Nullable YamlMap map) {
  static final String RUNBOOK = Metadata.PREFIX + "runbook";
  static final String OWNER = Metadata.PREFIX + "owner";
  static final String TIERS = Metadata.PREFIX + "tiers";
  static final String FOR = Metadata.PREFIX + "for";
  static final String KEEP_FIRING_FOR = Metadata.PREFIX + "keep-firing-for";
  static final String MIN_VALID = Metadata.PREFIX + "min-valid";
  static final String MIN_BAD = Metadata.PREFIX + "min-bad";
  static final String NO_DATA = Metadata.PREFIX + "no-data";
  static final String EXCLUSIONS = Metadata.PREFIX + "exclusions";

  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              RUNBOOK,
              OWNER,
              TIERS,
              FOR,
              KEEP_FIRING_FOR,
              MIN_VALID,
              MIN_BAD,
              NO_DATA,
              EXCLUSIONS));

  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>{}`\\p{Cntrl}]+");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

  /** Reports those that are unknown, and all of them where the document is no SLO. */
  static OurAnnotations of(YamlMap metadata, boolean isSlo) {
    Node value = metadata.get("annotations");
    YamlMap map =
        value == null
            ? null
            : YamlMap.open(value, metadata.name("annotations"), metadata.problems());
    if (map != null) {
      map.values().keySet().stream()
          .filter(key -> key.startsWith(Metadata.PREFIX))
          .forEach(key -> check(map, key, isSlo));
    }
    return new OurAnnotations(map);
  }

  private static void check(YamlMap map, String key, boolean isSlo) {
    if (!KNOWN.contains(key)) {
      map.error(
          key,
          "unknown annotation "
              + YamlMap.quote(key)
              + ", expected "
              + (isSlo ? "one of " + String.join(", ", KNOWN) : "none of pkgslo.io/ here"));
    } else if (!isSlo) {
      map.error(key, YamlMap.quote(key) + " belongs to an SLO, expected it there");
    }
  }

  boolean has(String key) {
    return map != null && map.has(key);
  }

  void error(String key, String message) {
    if (map != null) {
      map.error(key, message);
    }
  }

  void warning(String key, String message) {
    if (map != null) {
      map.warning(key, message);
    }
  }

  /** Lines that are not blank. */
  List<String> lines(String key) {
    List<String> lines = new ArrayList<>();
    if (map != null) {
      for (String text : map.texts(key)) {
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
      }
    }
    return lines;
  }

  /** The only line; null when absent, or when there are more, which is reported. */
  @Nullable String line(String key) {
    List<String> lines = lines(key);
    if (has(key) && lines.size() != 1) {
      error(key, key + " has " + lines.size() + " lines, expected one");
      return null;
    }
    return lines.isEmpty() ? null : lines.get(0);
  }

  /** Whom to ask; null when absent. */
  @Nullable String owner() {
    String owner = line(OWNER);
    if (owner != null && owner.contains("{{")) {
      error(OWNER, OWNER + " has '{{', expected text without");
      return null;
    }
    return owner;
  }

  /** A URL; null when absent or something else, which is reported. */
  @Nullable String runbook() {
    String url = line(RUNBOOK);
    if (url != null && !URL.matcher(url).matches()) {
      error(RUNBOOK, RUNBOOK + " is " + YamlMap.quote(url) + ", expected an http or https URL");
      return null;
    }
    return url;
  }

  /** A count; 0 when absent or something else, which is reported. */
  long count(String key) {
    String text = line(key);
    if (text == null) {
      return 0;
    }
    if (!COUNT.matcher(text).matches()) {
      error(key, key + " is " + YamlMap.quote(text) + ", expected a whole number of events");
      return 0;
    }
    return Long.parseLong(text);
  }
}
