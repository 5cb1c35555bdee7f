// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.openslo.OpenSloReader;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlFiles;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads objectives from files of <a href="https://github.com/OpenSLO/OpenSLO">OpenSLO</a> v1. Names
 * resolve across all files that are read together. Nothing is accepted that would not be applied,
 * and all problems are found at once.
 */
public final class ObjectiveFiles {
  static final int MOST_FILES = 1_000;

  private static final int MOST_FOLDERS_DEEP = 16;

  private final Problems problems = new Problems();
  private final OpenSloReader openSlo = new OpenSloReader();

  private ObjectiveFiles() {}

  /**
   * Reads a file, or every {@code *.yaml} and {@code *.yml} below a directory but those whose path
   * has a part that begins with a dot. What cannot be read is a problem, never an exception.
   */
  public static Objectives read(Path path) {
    return new ObjectiveFiles().readAll(path);
  }

  private Objectives readAll(Path path) {
    YamlFiles yaml = new YamlFiles(problems);
    for (Path file : files(path)) {
      FileProblems ofFile = new FileProblems(file.toString(), problems);
      for (Node node : yaml.documents(file)) {
        if (!isEmpty(node)) {
          openSlo.add(node, ofFile);
        }
      }
    }
    return new Objectives(distinct(openSlo.slos()), problems.all());
  }

  private List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      problems.error(path.toString(), 1, 1, "nothing is there, expected a file or directory");
      return List.of();
    }
    try {
      List<Path> files = yamlBelow(Files.isSymbolicLink(path) ? path.toRealPath() : path);
      if (files.isEmpty()) {
        problems.error(path.toString(), 1, 1, "no files, expected *.yaml or *.yml");
      } else if (files.size() > MOST_FILES) {
        problems.error(path.toString(), 1, 1, "too many files, expected up to " + MOST_FILES);
        return List.of();
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      problems.error(
          path.toString(), 1, 1, "cannot be listed (" + e + "), expected a readable directory");
      return List.of();
    }
  }

  /** Links to folders lead out and in circles; those to files are how Kubernetes mounts them. */
  private static List<Path> yamlBelow(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root, MOST_FOLDERS_DEEP)) {
      return walk.filter(file -> isYaml(root, file)).limit(MOST_FILES + 1L).sorted().toList();
    }
  }

  private static boolean isYaml(Path root, Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!(name.endsWith(".yaml") || name.endsWith(".yml")) || !Files.isRegularFile(file)) {
      return false;
    }
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** As between two separators with nothing but comments. */
  private static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  /** Ids are labels of series, so two objectives must not share one, whatever file they are in. */
  private List<Slo> distinct(List<OpenSloReader.Placed> all) {
    Map<String, OpenSloReader.Placed> byId = new LinkedHashMap<>();
    for (OpenSloReader.Placed placed : all) {
      OpenSloReader.Placed first = byId.putIfAbsent(placed.slo().id(), placed);
      if (first != null) {
        placed
            .problems()
            .error(
                placed.at(),
                "another objective is called "
                    + YamlMap.quote(placed.slo().id())
                    + ", the one at "
                    + first.problems().placeOf(first.at())
                    + ", expected a name of its own");
      }
    }
    return byId.values().stream().map(OpenSloReader.Placed::slo).toList();
  }
}
