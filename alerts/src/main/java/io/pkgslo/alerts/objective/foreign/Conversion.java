// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** What becomes of one document of another tool; for one thread. */
final class Conversion {
  private final FileProblems problems;
  private final List<String> lost = new ArrayList<>();
  private final List<Slo> slos = new ArrayList<>();

  Conversion(FileProblems problems) {
    this.problems = problems;
  }

  FileProblems problems() {
    return problems;
  }

  void add(Slo slo) {
    slos.add(slo);
  }

  List<Slo> slos() {
    return slos;
  }

  /** What was lost, with its place, for comments. */
  List<String> lost() {
    return lost;
  }

  /** Lists something that has no place in OpenSLO. */
  void lose(Node at, String what) {
    String message = what + " is not carried over";
    problems.warning(at, message);
    lost.add(problems.placeOf(at) + ": " + message);
  }

  /** Something that is carried over in another form. */
  void change(Node at, String message) {
    problems.warning(at, message);
    lost.add(problems.placeOf(at) + ": " + message);
  }

  /** A mapping; keys that are not in {@code keys} are lost. Null when absent or none. */
  @Nullable YamlMap map(YamlMap parent, String key, String... keys) {
    Node value = parent.get(key);
    return value == null ? null : map(value, parent.name(key), keys);
  }

  @Nullable YamlMap map(Node value, String name, String... keys) {
    YamlMap map = YamlMap.open(value, name, problems);
    if (map != null) {
      loseOthers(map, Set.of(keys));
    }
    return map;
  }

  private void loseOthers(YamlMap map, Set<String> known) {
    map.values()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                lose(value, map.name(key));
              }
            });
  }

  /** Every entry of a mapping is lost. */
  void loseAll(YamlMap parent, String key) {
    Node value = parent.get(key);
    if (value instanceof MappingNode) {
      YamlMap map = YamlMap.open(value, parent.name(key), problems);
      if (map != null) {
        map.values().forEach((name, node) -> lose(node, map.name(name)));
      }
    } else if (value != null) {
      lose(value, parent.name(key));
    }
  }

  /** Puts labels under names that OpenSLO takes. */
  void labels(YamlMap parent, String key, String prefix, Map<String, List<String>> to) {
    Node value = parent.get(key);
    YamlMap map = value == null ? null : YamlMap.open(value, parent.name(key), problems);
    if (map == null) {
      return;
    }
    for (String name : map.values().keySet()) {
      String plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      if (plain.matches("[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?")) {
        to.put(plain, map.texts(name));
      } else {
        lose(map.at(name), map.name(name));
      }
    }
  }

  /** A name of OpenSLO; tells when it is another. */
  @Nullable String id(String text, Node at) {
    String id =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (!Slo.isId(id)) {
      problems.error(
          at,
          "the objective is called "
              + YamlMap.quote(text)
              + ", expected letters and digits that make a name of up to 63");
      return null;
    }
    if (!id.equals(text)) {
      change(at, "the objective is called " + id + " instead of " + YamlMap.quote(text));
    }
    return id;
  }
}
