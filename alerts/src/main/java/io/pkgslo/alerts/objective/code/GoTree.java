// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a Go source tree that can say something. Tests, vendored and generated trees of
 * others are left out, as {@code go build} leaves them out.
 *
 * @param root what names in messages and rules are relative to
 * @param yaml {@code pkg.yaml} and other YAML, by name
 * @param go Go source without tests, by name
 */
public record GoTree(Path root, List<Path> yaml, List<Path> go) {
  private static final int MOST_FOLDERS_DEEP = 32;
  private static final int MOST_FILES = 20_000;
  private static final Set<String> SKIPPED = Set.of("vendor", "testdata", "node_modules");

  public GoTree {
    yaml = List.copyOf(yaml);
    go = List.copyOf(go);
  }

  /** True for a Go file, and for a directory with a {@code go.mod} or Go files in it. */
  public static boolean isOne(Path path) {
    if (!Files.isDirectory(path)) {
      return isGo(path) && Files.isRegularFile(path);
    }
    if (Files.isRegularFile(path.resolve("go.mod"))) {
      return true;
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.anyMatch(GoTree::isGo);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** The tree at {@code path}; empty when it cannot be listed, which is reported. */
  public static GoTree of(Path path, Problems problems) {
    if (Files.isRegularFile(path)) {
      Path parent = path.toAbsolutePath().getParent();
      return new GoTree(parent == null ? path : parent, List.of(), List.of(path));
    }
    List<Path> yaml = new ArrayList<>();
    List<Path> go = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(path, MOST_FOLDERS_DEEP)) {
      walk.filter(file -> !isSkipped(path, file) && Files.isRegularFile(file))
          .limit(MOST_FILES + 1L)
          .sorted()
          .forEach(
              file -> (isYaml(file) ? yaml : isGo(file) ? go : new ArrayList<Path>()).add(file));
    } catch (IOException | UncheckedIOException e) {
      problems.error(
          path.toString(), 1, 1, "cannot be listed (" + e + "), expected a readable directory");
    }
    if (yaml.size() + go.size() > MOST_FILES) {
      problems.error(path.toString(), 1, 1, "too many files, expected up to " + MOST_FILES);
      return new GoTree(path, List.of(), List.of());
    }
    return new GoTree(path, yaml, go);
  }

  private static boolean isSkipped(Path root, Path file) {
    for (Path part : root.relativize(file)) {
      String name = part.toString();
      if (name.startsWith(".") || name.startsWith("_") || SKIPPED.contains(name)) {
        return true;
      }
    }
    return !isYaml(file) && !isGo(file);
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  private static boolean isGo(Path file) {
    return file.toString().endsWith(".go") && !file.toString().endsWith("_test.go");
  }
}
