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
  private OutputLines() {}

  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    Map<LogWrapper.Stream, StringBuilder> open = new EnumMap<>(LogWrapper.Stream.class);
    LinePrefix prefix = LinePrefix.of(text);
    for (String line : text.split("\n", -1)) {
      LogWrapper inner = LogWrapper.unwrapShipper(prefix.without(line));
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
}
