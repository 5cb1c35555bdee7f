// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The part that all kinds of OpenSLO documents have in common.
 *
 * @param name unique among the documents of its kind
 * @param nameAt where the name stands
 * @param displayName the name where none is given
 * @param runbookUrl from the annotation {@value #RUNBOOK}; null when there is none
 * @param body the whole document
 * @param sound false when something about the common part was reported
 */
record OpenSloDocument(
    Kind kind,
    String name,
    Node nameAt,
    String displayName,
    @Nullable String runbookUrl,
    YamlMap body,
    boolean sound) {
  static final String RUNBOOK = "pkgslo.io/runbook";

  private static final String OURS = "pkgslo.io/";
  private static final String API_VERSION = "openslo/v1";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>{}`\\p{Cntrl}]+");

  /** The kinds of OpenSLO v1, as they are spelled there. */
  enum Kind {
    SERVICE("Service"),
    SLI("SLI"),
    SLO("SLO"),
    ALERT_POLICY("AlertPolicy"),
    ALERT_CONDITION("AlertCondition"),
    ALERT_NOTIFICATION_TARGET("AlertNotificationTarget"),
    DATA_SOURCE("DataSource");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Null when the document is not one of OpenSLO v1 with a name; then it is reported. */
  static @Nullable OpenSloDocument of(Node node, FileProblems problems) {
    int before = problems.all().errors();
    YamlMap body =
        YamlMap.of(node, YamlMap.ROOT, problems, "apiVersion", "kind", "metadata", "spec");
    if (body == null) {
      return null;
    }
    boolean ours = checkVersion(body);
    Kind kind = kind(body);
    YamlMap metadata = metadata(body, "a mapping with a name");
    String name = metadata == null ? null : name(metadata);
    if (!ours || kind == null || metadata == null || name == null) {
      return null;
    }
    String displayName = displayName(metadata);
    String runbook = annotations(metadata);
    return new OpenSloDocument(
        kind,
        name,
        metadata.at("name"),
        displayName == null ? name : displayName,
        runbook,
        body,
        problems.all().errors() == before);
  }

  private static boolean checkVersion(YamlMap body) {
    String version = body.requiredText("apiVersion", API_VERSION);
    if (version != null && !version.equals(API_VERSION)) {
      body.problems()
          .error(
              body.at("apiVersion"),
              "apiVersion is " + YamlMap.quote(version) + ", expected " + API_VERSION);
    }
    return API_VERSION.equals(version);
  }

  private static @Nullable Kind kind(YamlMap body) {
    String word = body.requiredText("kind", "SLO, SLI or Service");
    if (word == null) {
      return null;
    }
    for (Kind kind : Kind.values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    body.problems()
        .error(
            body.at("kind"),
            "kind is " + YamlMap.quote(word) + ", expected SLO, SLI, Service or another of v1");
    return null;
  }

  private static @Nullable YamlMap metadata(YamlMap body, String expected) {
    return body.requiredMap("metadata", expected, "name", "displayName", "labels", "annotations");
  }

  /** The name in {@code metadata}; reports and gives null when it is absent or not a DNS label. */
  private static @Nullable String name(YamlMap metadata) {
    String name = metadata.requiredText("name", "a name");
    if (name != null && !NAME.matcher(name).matches()) {
      metadata
          .problems()
          .error(
              metadata.at("name"),
              "name is "
                  + YamlMap.quote(name)
                  + ", expected 1 to 63 lower-case letters, digits and dashes");
      return null;
    }
    return name;
  }

  /** Prometheus takes two braces in an annotation for the begin of a template. */
  private static @Nullable String displayName(YamlMap metadata) {
    String displayName = metadata.text("displayName");
    if (displayName != null && displayName.contains("{{")) {
      metadata
          .problems()
          .error(metadata.at("displayName"), "'displayName' has '{{', expected text without");
    }
    return displayName;
  }

  /** Checks the metadata of an indicator that stands inside an SLO; its name means nothing. */
  static void checkInlineMetadata(YamlMap indicator) {
    if (indicator.has("metadata")) {
      YamlMap metadata = metadata(indicator, "a mapping");
      if (metadata != null) {
        name(metadata);
        displayName(metadata);
        annotations(metadata);
      }
    }
  }

  /** Checks labels and annotations, and returns the runbook. */
  private static @Nullable String annotations(YamlMap metadata) {
    for (Map.Entry<String, Node> label : entries(metadata, "labels")) {
      if (!(label.getValue() instanceof ScalarNode)
          && !(label.getValue() instanceof SequenceNode)) {
        metadata
            .problems()
            .error(
                label.getValue(),
                "label "
                    + YamlMap.quote(label.getKey())
                    + " is a mapping, expected text or a list");
      }
    }
    String runbook = null;
    for (Map.Entry<String, Node> annotation : entries(metadata, "annotations")) {
      if (annotation.getKey().equals(RUNBOOK)) {
        runbook = runbook(annotation.getValue(), metadata.problems());
      } else if (annotation.getKey().startsWith(OURS)) {
        metadata
            .problems()
            .error(
                annotation.getValue(),
                "unknown annotation "
                    + YamlMap.quote(annotation.getKey())
                    + ", expected "
                    + RUNBOOK);
      } else if (!(annotation.getValue() instanceof ScalarNode)) {
        metadata
            .problems()
            .error(
                annotation.getValue(),
                "annotation "
                    + YamlMap.quote(annotation.getKey())
                    + " is "
                    + YamlMap.describe(annotation.getValue())
                    + ", expected text");
      }
    }
    return runbook;
  }

  private static List<Map.Entry<String, Node>> entries(YamlMap metadata, String key) {
    Node value = metadata.get(key);
    YamlMap map = value == null ? null : YamlMap.open(value, key, metadata.problems());
    return map == null ? List.of() : List.copyOf(map.values().entrySet());
  }

  private static @Nullable String runbook(Node value, FileProblems problems) {
    if (value instanceof ScalarNode url && URL.matcher(url.getValue()).matches()) {
      return url.getValue();
    }
    problems.error(
        value, RUNBOOK + " is " + YamlMap.describe(value) + ", expected an http or https URL");
    return null;
  }
}
