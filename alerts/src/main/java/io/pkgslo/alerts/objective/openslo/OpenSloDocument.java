// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The part that all kinds of OpenSLO documents have in common.
 *
 * @param body the whole document
 * @param sound false when something about the common part was reported
 */
record OpenSloDocument(Dialect dialect, Kind kind, Metadata metadata, YamlMap body, boolean sound) {

  /** Null when the document is not one of OpenSLO with a name; then it is reported. */
  static @Nullable OpenSloDocument of(Node node, FileProblems problems) {
    int before = problems.all().errors();
    YamlMap body =
        YamlMap.of(node, YamlMap.ROOT, problems, "apiVersion", "kind", "metadata", "spec");
    if (body == null) {
      return null;
    }
    String version = body.requiredText("apiVersion", Dialect.EXPECTED);
    Dialect dialect = version == null ? null : Dialect.of(version);
    if (version != null && dialect == null) {
      body.unexpected("apiVersion", expectedVersion(version));
    }
    String word = body.requiredText("kind", Kind.expected());
    Kind kind = word == null ? null : Kind.of(word);
    if (word != null && kind == null) {
      body.unexpected("kind", Kind.expected());
    }
    Metadata metadata =
        Metadata.of(body, dialect == null ? Dialect.V1 : dialect, kind == Kind.SLO || kind == null);
    if (dialect == null || kind == null || metadata == null) {
      return null;
    }
    return new OpenSloDocument(dialect, kind, metadata, body, problems.all().errors() == before);
  }

  /** What other tools write can be brought here. */
  private static String expectedVersion(String found) {
    boolean importable =
        found.equals("openslo/v1alpha")
            || found.startsWith("sloth.slok.dev/")
            || found.startsWith("pyrra.dev/");
    return Dialect.EXPECTED + (importable ? ", which `pkgslo import` makes of it" : "");
  }

  /** An {@code SLI}, a policy or the like that stands inside another document. */
  static @Nullable OpenSloDocument inline(YamlMap map, Kind kind, OpenSloDocument outer) {
    int before = map.problems().all().errors();
    Metadata metadata = Metadata.of(map, outer.dialect, false);
    return metadata == null
        ? null
        : new OpenSloDocument(
            outer.dialect, kind, metadata, map, map.problems().all().errors() == before);
  }

  String name() {
    return metadata.name();
  }

  FileProblems problems() {
    return body.problems();
  }

  /** Reports at the document's name. */
  void error(String message) {
    problems().error(metadata.nameAt(), message);
  }

  void warning(String message) {
    problems().warning(metadata.nameAt(), message);
  }
}
