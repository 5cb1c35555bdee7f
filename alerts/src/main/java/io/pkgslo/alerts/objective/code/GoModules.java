// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Import paths of folders: the module of the nearest {@code go.mod}, and the folders below it. */
final class GoModules {
  private static final int MOST_BYTES = 1 << 16;
  private static final Pattern MODULE =
      Pattern.compile("(?m)^\\s*module\\s+\"?([A-Za-z0-9][A-Za-z0-9._~/-]{0,255})\"?\\s*(//.*)?$");

  private final Map<Path, @Nullable String> read = new HashMap<>();

  /** Null where no {@code go.mod} stands in the folder or above it. */
  @Nullable String importPath(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    for (Path at = absolute; at != null; at = at.getParent()) {
      String module = module(at);
      if (module != null) {
        String below = at.relativize(absolute).toString().replace('\\', '/');
        return below.isEmpty() ? module : module + "/" + below;
      }
    }
    return null;
  }

  private @Nullable String module(Path folder) {
    if (!read.containsKey(folder)) {
      read.put(folder, readModule(folder.resolve("go.mod")));
    }
    return read.get(folder);
  }

  private static @Nullable String readModule(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      Matcher matcher = MODULE.matcher(text);
      return matcher.find() ? matcher.group(1) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
