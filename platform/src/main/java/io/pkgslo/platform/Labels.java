// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Some labels of a series as they stand in a text, escaped once however often they are written. A
 * series has up to three of them, one behind the other. Immutable.
 */
public final class Labels {
  public static final Labels NONE = new Labels(List.of(), List.of());

  private final List<String> names;
  private final List<String> values;
  private final byte[] text;

  /**
   * @param values as many as there are {@code names}; anything is allowed in them
   */
  public Labels(List<String> names, List<String> values) {
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(names + " cannot have the values " + values);
    }
    this.names = List.copyOf(names);
    this.values = List.copyOf(values);
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      pairs.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
      escape(values.get(i), true, pairs);
      pairs.append('"');
    }
    text = pairs.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One label. */
  public static Labels of(String name, String value) {
    return new Labels(List.of(name), List.of(value));
  }

  public List<String> names() {
    return names;
  }

  public List<String> values() {
    return values;
  }

  /** The pairs with commas between them, in UTF-8; not to be changed. */
  byte[] text() {
    return text;
  }

  /**
   * Appends {@code text} as the formats want it.
   *
   * @param quotes whether quotes are escaped, too
   */
  static void escape(String text, boolean quotes, StringBuilder out) {
    int clean = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\n' || (quotes && c == '"')) {
        out.append(text, clean, i).append('\\').append(c == '\n' ? 'n' : c);
        clean = i + 1;
      }
    }
    out.append(text, clean, text.length());
  }
}
