// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** All documents that are read together, by kind and name. */
final class References {
  private final List<OpenSloDocument> all = new ArrayList<>();
  private final Set<Node> duplicates = new HashSet<>();
  private final Map<Kind, Map<String, OpenSloDocument>> byName = new EnumMap<>(Kind.class);

  /** Adds a document; reports when its name is taken. */
  void add(OpenSloDocument document) {
    OpenSloDocument first = named(document.kind()).putIfAbsent(document.name(), document);
    if (first != null) {
      duplicates.add(document.body().node());
      document.error(
          "there is another "
              + document.kind().word()
              + " "
              + YamlMap.quote(document.name())
              + " at "
              + first.problems().placeOf(first.metadata().nameAt())
              + ", expected a name of its own");
    }
    all.add(document);
  }

  /** In the order of files and of documents within them. */
  List<OpenSloDocument> all() {
    return all;
  }

  /** False for a document whose name another one had before. */
  boolean isFirst(OpenSloDocument document) {
    return !duplicates.contains(document.body().node());
  }

  boolean hasAny(Kind kind) {
    return !named(kind).isEmpty();
  }

  boolean has(Kind kind, String name) {
    return named(kind).containsKey(name);
  }

  /** The document that the text at {@code key} names; null when there is none, and reported. */
  @Nullable OpenSloDocument resolve(YamlMap map, String key, Kind kind) {
    String name = map.text(key);
    if (name == null) {
      return null;
    }
    OpenSloDocument document = named(kind).get(name);
    if (document == null) {
      map.error(
          key,
          "there is no "
              + kind.word()
              + " "
              + YamlMap.quote(name)
              + ", expected one of these files");
    }
    return document;
  }

  private Map<String, OpenSloDocument> named(Kind kind) {
    return byName.computeIfAbsent(kind, any -> new LinkedHashMap<>());
  }
}
