// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import io.pkgslo.golang.log.LinePrefix;
import io.pkgslo.golang.log.LogWrapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that a process wrote, from a file of them in whatever format: a shipper's wrapping is
 * taken off, and lines that the container runtime split are whole again. Stateless.
 */
final class OutputLines {
  /** Commands put prefixes before each other's: {@code kubectl logs --prefix --timestamps}. */
  private static final int MAX_PREFIXES = 3;

  private OutputLines() {}

  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    Map<LogWrapper.Stream, StringBuilder> open = new EnumMap<>(LogWrapper.Stream.class);
    for (String line : withoutPrefixes(text)) {
      LogWrapper inner = LogWrapper.unwrapShipper(line);
      StringBuilder begun = open.remove(inner.stream());
      if (inner.partial()) {
        StringBuilder piece = begun == null ? new StringBuilder() : begun;
        open.put(inner.stream(), piece.append(inner.line()));
      } else {
        lines.add(begun == null ? inner.line() : begun.append(inner.line()).toString());
      }
    }
    open.values().forEach(rest -> lines.add(rest.toString()));
    return lines;
  }

  private static List<String> withoutPrefixes(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    for (int i = 0; i < MAX_PREFIXES; i++) {
      LinePrefix prefix = LinePrefix.of(lines);
      if (prefix == LinePrefix.NONE) {
        return lines;
      }
      lines = lines.stream().map(prefix::without).toList();
    }
    return lines;
  }
}
