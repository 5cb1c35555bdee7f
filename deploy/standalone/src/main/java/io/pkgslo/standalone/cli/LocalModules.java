// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.golang.symbol.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Go modules of this machine in whose directories the files of a stack lie. A stack of a build
 * without {@code -trimpath} names directories alone; where they are here, their {@code go.mod} says
 * of which module they are. Reads files of that name and nothing else. Stateless.
 */
final class LocalModules {
  private static final String FILE = "go.mod";
  private static final String MODULE = "module";
  private static final int MAX_DIRECTORIES = 1_000;
  private static final int MAX_LINES = 1_000;

  private LocalModules() {}

  /** Directory of each module to its path, of all files of Go that a text names. */
  static Map<String, String> rootsOf(String text) {
    Map<String, String> roots = new HashMap<>();
    Set<Path> seen = new HashSet<>();
    int at = text.indexOf(".go:");
    while (at >= 0 && seen.size() < MAX_DIRECTORIES) {
      String file = text.substring(startOfPath(text, at), at + ".go".length());
      if (file.startsWith("/") && SourceFile.parse(file) == null) {
        look(file, seen, roots);
      }
      at = text.indexOf(".go:", at + 1);
    }
    return roots;
  }

  /** A path begins behind the tab or the blanks of its line. */
  private static int startOfPath(String text, int end) {
    int from = end;
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static void look(String file, Set<Path> seen, Map<String, String> roots) {
    Path directory;
    try {
      directory = Path.of(file).getParent();
    } catch (InvalidPathException e) {
      return; // some text that ends like a file's name
    }
    while (directory != null && seen.add(directory)) {
      String module = moduleIn(directory.resolve(FILE));
      if (module != null) {
        roots.put(directory.toString(), module);
        return;
      }
      directory = directory.getParent();
    }
  }

  private static @Nullable String moduleIn(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      for (int i = 0; line != null && i < MAX_LINES; i++) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length > 1 && words[0].equals(MODULE)) {
          return words[1].replace("\"", "").replace("`", "");
        }
        line = reader.readLine();
      }
      return null;
    } catch (IOException e) {
      return null; // not ours to read, or no text: then the stack alone decides
    }
  }
}
