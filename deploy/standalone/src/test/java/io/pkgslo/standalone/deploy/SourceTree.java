// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this source tree, by path from its root. */
final class SourceTree {
  private static final Path ROOT = root();

  private SourceTree() {}

  /** Tests run in the module's directory; the root is the one that has the compose file. */
  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("docker-compose.yml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not inside of a source tree of pkgslo");
      }
    }
    return directory;
  }

  static Path path(String path) {
    return ROOT.resolve(path);
  }

  static String text(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** The only document of a YAML file; duplicate keys are errors. */
  static Map<String, Object> yaml(String path) {
    List<Map<String, Object>> documents = yamlDocuments(path);
    if (documents.size() != 1) {
      throw new IllegalStateException(path + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> yamlDocuments(String path) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text(path))) {
      documents.add((Map<String, Object>) document);
    }
    return documents;
  }

  static JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(path(path).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /**
   * Files below a directory whose name ends with {@code suffix}, as paths from the root, sorted.
   */
  static List<String> files(String directory, String suffix) {
    try (Stream<Path> found = Files.walk(path(directory))) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(suffix) && !name.contains("/build/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory, e);
    }
  }

  /** The value at {@code keys}, which must be there and be a map. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> from, String... keys) {
    Map<String, Object> at = from;
    for (String key : keys) {
      Object next = at.get(key);
      if (!(next instanceof Map)) {
        throw new IllegalStateException("expected a map under " + key + ", found " + next);
      }
      at = (Map<String, Object>) next;
    }
    return at;
  }

  /** The list under {@code key}; empty when there is none. */
  @SuppressWarnings("unchecked")
  static <T> List<T> list(Map<String, Object> from, String key) {
    return (List<T>) from.getOrDefault(key, List.of());
  }
}
