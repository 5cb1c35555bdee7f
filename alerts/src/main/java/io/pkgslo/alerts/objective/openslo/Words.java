// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line of an annotation: words that are separated by blanks, each of them bare or {@code
 * key=value}. A value in double quotes may have blanks, and {@code \"} and {@code \\}.
 */
final class Words {
  private final List<String> bare = new ArrayList<>();
  private final Map<String, String> pairs = new LinkedHashMap<>();

  private Words() {}

  /**
   * Null when the line cannot be read.
   *
   * @param errors told what was found and what is expected
   */
  static @Nullable Words of(String line, Consumer<String> errors) {
    Words words = new Words();
    int at = 0;
    while (at < line.length()) {
      if (Character.isWhitespace(line.charAt(at))) {
        at++;
        continue;
      }
      int end = words.read(line, at, errors);
      if (end < 0) {
        return null;
      }
      at = end;
    }
    return words;
  }

  /** Reads the word at {@code start}; gives its end, or -1 after an error. */
  private int read(String line, int start, Consumer<String> errors) {
    int at = start;
    while (at < line.length() && line.charAt(at) != '=' && !isBlank(line, at)) {
      at++;
    }
    if (at == line.length() || isBlank(line, at)) {
      bare.add(line.substring(start, at));
      return at;
    }
    String key = line.substring(start, at);
    StringBuilder value = new StringBuilder();
    int end = value(line, at + 1, value);
    if (end < 0) {
      errors.accept("'" + key + "' has a quote that does not end, expected another \"");
    } else if (pairs.putIfAbsent(key, value.toString()) != null) {
      errors.accept("'" + key + "' stands twice, expected it once");
      return -1;
    }
    return end;
  }

  private static int value(String line, int start, StringBuilder value) {
    if (start == line.length() || line.charAt(start) != '"') {
      int at = start;
      while (at < line.length() && !isBlank(line, at)) {
        at++;
      }
      value.append(line, start, at);
      return at;
    }
    for (int at = start + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\' && at + 1 < line.length()) {
        at++;
      }
      value.append(line.charAt(at));
    }
    return -1;
  }

  private static boolean isBlank(String line, int at) {
    return Character.isWhitespace(line.charAt(at));
  }

  /** A value that is read back as it is. */
  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Words without a key. */
  List<String> bare() {
    return bare;
  }

  /** The value of a key; null when absent. */
  @Nullable String get(String key) {
    return pairs.get(key);
  }

  /** The first key that is not in {@code known}; null when there is none. */
  @Nullable String unknown(List<String> known) {
    return pairs.keySet().stream().filter(key -> !known.contains(key)).findFirst().orElse(null);
  }
}
