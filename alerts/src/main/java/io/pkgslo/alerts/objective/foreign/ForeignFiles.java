// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.openslo.OpenSloWriter;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.Problem;
import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlFiles;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import io.pkgslo.alerts.objective.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads objectives of other tools, and writes them as OpenSLO v1. */
public final class ForeignFiles {
  /**
   * What came of it.
   *
   * @param text OpenSLO v1, with a comment for everything that is not carried over
   * @param count objectives in it
   * @param problems errors, and warnings of what is not carried over, by file and place
   */
  public record Imported(String text, int count, List<Problem> problems) {
    public Imported {
      problems = List.copyOf(problems);
    }

    /** True when every document was understood. */
    public boolean isComplete() {
      return problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
    }
  }

  private static final String EXPECTED =
      "expected Sloth's version: prometheus/v1 or kind: PrometheusServiceLevel, Pyrra's"
          + " ServiceLevelObjective, or openslo/v1alpha";

  private final Problems problems = new Problems();
  private final List<String> parts = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  private ForeignFiles() {}

  /** Reads a file, or every YAML file below a directory; never throws for what they say. */
  public static Imported read(Path path) {
    ForeignFiles files = new ForeignFiles();
    YamlFiles yaml = new YamlFiles(files.problems);
    for (Path file : YamlTree.files(path, files.problems)) {
      FileProblems ofFile = new FileProblems(file.toString(), files.problems);
      for (Node node : yaml.documents(file)) {
        if (!YamlTree.isEmpty(node)) {
          files.add(node, ofFile);
        }
      }
    }
    return new Imported(
        String.join("---\n", files.parts), files.places.size(), files.problems.all());
  }

  private void add(Node node, FileProblems file) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(element -> addOne(element, file));
    } else {
      addOne(node, file);
    }
  }

  private void addOne(Node node, FileProblems file) {
    Conversion conversion = new Conversion(file);
    String version = scalar(node, "version");
    String apiVersion = scalar(node, "apiVersion");
    if ("prometheus/v1".equals(version)) {
      new SlothReader(conversion, SlothReader.Spelling.FILE).read(node);
    } else if (apiVersion != null && apiVersion.startsWith("sloth.slok.dev/")) {
      new SlothReader(conversion, SlothReader.Spelling.KUBERNETES).readResource(node);
    } else if (apiVersion != null && apiVersion.startsWith("pyrra.dev/")) {
      new PyrraReader(conversion).read(node);
    } else if ("openslo/v1alpha".equals(apiVersion)) {
      new AlphaReader(conversion).read(node);
    } else if (apiVersion != null && apiVersion.startsWith("openslo")) {
      file.error(node, apiVersion + " needs no import, " + EXPECTED);
    } else {
      file.error(node, "a document of another tool, " + EXPECTED);
    }
    write(conversion, node);
  }

  private static @Nullable String scalar(Node node, String key) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name
            && name.getValue().equals(key)
            && entry.getValueNode() instanceof ScalarNode value) {
          return value.getValue();
        }
      }
    }
    return null;
  }

  private void write(Conversion conversion, Node node) {
    StringBuilder comments = new StringBuilder();
    for (String lost : conversion.lost()) {
      comments.append("# ").append(lost.replaceAll("\\p{Cntrl}", " ")).append('\n');
    }
    for (Slo slo : conversion.slos()) {
      String place = conversion.problems().placeOf(node);
      String first = places.putIfAbsent(slo.id(), place);
      if (first != null) {
        conversion
            .problems()
            .error(
                node,
                "another objective is called "
                    + YamlMap.quote(slo.id())
                    + ", the one at "
                    + first
                    + ", expected a name of its own");
        continue;
      }
      parts.add(comments + OpenSloWriter.write(slo));
      comments.setLength(0);
    }
    if (comments.length() > 0) {
      parts.add(comments.toString());
    }
  }
}
