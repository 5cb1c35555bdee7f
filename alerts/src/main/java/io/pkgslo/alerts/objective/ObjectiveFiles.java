// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.code.CodeAlert;
import io.pkgslo.alerts.objective.code.CodeMetric;
import io.pkgslo.alerts.objective.code.GoAnnotations;
import io.pkgslo.alerts.objective.code.GoTree;
import io.pkgslo.alerts.objective.code.PkgFile;
import io.pkgslo.alerts.objective.openslo.OpenSloReader;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlFiles;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import io.pkgslo.alerts.objective.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads objectives from files of <a href="https://github.com/OpenSLO/OpenSLO">OpenSLO</a>. Names
 * resolve across all files that are read together. Nothing is accepted that would not be applied,
 * and all problems are found at once.
 */
public final class ObjectiveFiles {
  private final Problems problems = new Problems();
  private final YamlFiles yaml = new YamlFiles(problems);
  private final OpenSloReader openSlo = new OpenSloReader();
  private final PkgFile pkgFiles = new PkgFile();
  private final List<OpenSloReader.Placed> shortForms = new ArrayList<>();

  private ObjectiveFiles() {}

  /**
   * Reads a file, or every {@code *.yaml} and {@code *.yml} below a directory but those whose path
   * has a part that begins with a dot. In a Go source tree, which has a {@code go.mod} or Go files
   * at its root, these are the {@code pkg.yaml} files, YAML that speaks of OpenSLO, and annotations
   * in Go files. What cannot be read is a problem, never an exception.
   */
  public static Objectives read(Path path) {
    return new ObjectiveFiles().readAll(path);
  }

  /** Reads back what {@code OpenSloWriter} wrote. */
  static Objectives written(String text) {
    ObjectiveFiles files = new ObjectiveFiles();
    Path name = Path.of("last-good-set");
    FileProblems ofText = new FileProblems(name.toString(), files.problems);
    files.yaml.documents(name, text).stream()
        .filter(node -> !YamlTree.isEmpty(node))
        .forEach(node -> files.openSlo.add(node, ofText));
    return files.objectives(List.of(), List.of());
  }

  private Objectives readAll(Path path) {
    if (!GoTree.isOne(path)) {
      YamlTree.files(path, problems).forEach(this::readYaml);
      return objectives(List.of(), List.of());
    }
    GoTree tree = GoTree.of(path, problems);
    for (Path file : tree.yaml()) {
      // Deployment files and the like stand beside code too.
      if (PkgFile.isOne(file) || YamlTree.mentions(file, "openslo")) {
        readYaml(file);
      }
    }
    GoAnnotations annotations = new GoAnnotations(tree, problems);
    return objectives(annotations.alerts(), annotations.metrics());
  }

  private void readYaml(Path file) {
    FileProblems ofFile = new FileProblems(file.toString(), problems);
    for (Node node : yaml.documents(file)) {
      if (YamlTree.isEmpty(node)) {
        continue;
      }
      if (PkgFile.isOne(file)) {
        shortForms.addAll(pkgFiles.read(node, ofFile, file));
      } else {
        openSlo.add(node, ofFile);
      }
    }
  }

  private Objectives objectives(List<CodeAlert> alerts, List<CodeMetric> metrics) {
    List<OpenSloReader.Placed> all = new ArrayList<>(openSlo.slos());
    all.addAll(shortForms);
    List<Slo> slos = distinct(all);
    return new Objectives(slos, alerts, metrics, problems.all());
  }

  /** Ids are labels of series, so two objectives must not share one, whatever file they are in. */
  private static List<Slo> distinct(List<OpenSloReader.Placed> all) {
    Map<String, OpenSloReader.Placed> byId = new LinkedHashMap<>();
    for (OpenSloReader.Placed placed : all) {
      OpenSloReader.Placed first = byId.putIfAbsent(placed.id(), placed);
      if (first != null) {
        placed
            .problems()
            .error(
                placed.at(),
                "another objective is called "
                    + YamlMap.quote(placed.id())
                    + ", the one at "
                    + first.problems().placeOf(first.at())
                    + ", expected a name of its own");
      }
    }
    return byId.values().stream()
        .map(OpenSloReader.Placed::slo)
        .flatMap(slo -> slo == null ? Stream.empty() : Stream.of(slo))
        .toList();
  }
}
