// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which import path lies in which build directory, for files whose path does not tell: configured,
 * or learned from symbols and files of one stack (reference: go-telemetry.md 4.3, rule b of {@code
 * main}). Mutable while it learns; single-threaded then.
 */
public final class SourceRoots {
  public static final SourceRoots NONE = new SourceRoots(Map.of());

  private static final int MAX_ROOTS = 256;

  private final NavigableMap<String, String> importPathByDirectory = new TreeMap<>();

  /** Directory (no slash at the end) to the import path of the package that lies in it. */
  public SourceRoots(Map<String, String> importPathByDirectory) {
    importPathByDirectory.forEach((dir, path) -> this.importPathByDirectory.put(trim(dir), path));
  }

  private static String trim(String dir) {
    return dir.length() > 1 && dir.endsWith("/") ? dir.substring(0, dir.length() - 1) : dir;
  }

  /**
   * Learns from a function that is known to be written in this directory: the two share a suffix,
   * and what is left is the module's root or a directory above it.
   */
  public void learn(String directory, String importPath) {
    int dirEnd = directory.length();
    int pathEnd = importPath.length();
    while (true) {
      int dirSlash = directory.lastIndexOf('/', dirEnd - 1);
      int pathSlash = importPath.lastIndexOf('/', pathEnd - 1);
      if (dirSlash <= 0
          || pathSlash <= 0
          || dirEnd - dirSlash != pathEnd - pathSlash
          || !directory.regionMatches(dirSlash, importPath, pathSlash, dirEnd - dirSlash)) {
        break;
      }
      dirEnd = dirSlash;
      pathEnd = pathSlash;
    }
    if (dirEnd > 1 && importPathByDirectory.size() < MAX_ROOTS) {
      importPathByDirectory.putIfAbsent(
          directory.substring(0, dirEnd), importPath.substring(0, pathEnd));
    }
  }

  /** The import path of a directory at or below a known one; the deepest known one decides. */
  public @Nullable String importPathOf(String directory) {
    String dir = directory;
    while (!dir.isEmpty() && !importPathByDirectory.isEmpty()) {
      String path = importPathByDirectory.get(dir);
      if (path != null) {
        return path + directory.substring(dir.length());
      }
      int slash = dir.lastIndexOf('/');
      dir = slash <= 0 ? "" : dir.substring(0, slash);
    }
    return null;
  }
}
