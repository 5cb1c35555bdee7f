// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Which files are read where a person names a file or a directory. */
public final class YamlTree {
  static final int MOST_FILES = 1_000;

  private static final int MOST_FOLDERS_DEEP = 16;

  private YamlTree() {}

  /**
   * The file, or every {@code *.yaml} and {@code *.yml} below a directory but those whose path has
   * a part that begins with a dot. What cannot be read is a problem, never an exception.
   */
  public static List<Path> files(Path path, Problems problems) {
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
    return (name.endsWith(".yaml") || name.endsWith(".yml"))
        && Files.isRegularFile(file)
        && !isHidden(root, file);
  }

  /** True when {@code word} stands in the file, within what is read of one. */
  public static boolean mentions(Path file, String word) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlFiles.MOST_BYTES_PER_FILE);
      return new String(bytes, StandardCharsets.UTF_8).contains(word);
    } catch (IOException e) {
      return false;
    }
  }

  /** True when a part of the path below {@code root} begins with a dot. */
  public static boolean isHidden(Path root, Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** As between two separators with nothing but comments. */
  public static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }
}
