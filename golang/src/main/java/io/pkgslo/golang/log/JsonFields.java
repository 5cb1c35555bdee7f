// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scalar fields of one JSON object, as log lines are. Objects inside are flattened ({@code
 * source.function}) down to a depth, arrays are kept as text. One pass, no recursion deeper than
 * the limit, and it never throws: of an object that is cut off or malformed the fields before the
 * fault are kept.
 */
public final class JsonFields {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_FIELDS = 256;

  private final String json;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private int at;

  private JsonFields(String json) {
    this.json = json;
  }

  /** The first of some fields that says something; null when none does. */
  public static @Nullable String first(Map<String, String> fields, List<String> keys) {
    for (String key : keys) {
      String value = fields.get(key);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  /** Null when the text is no JSON object. A field that comes twice has its last value. */
  public static @Nullable Map<String, String> parse(String text) {
    JsonFields reader = new JsonFields(text);
    reader.skipBlanks();
    if (!reader.accept('{')) {
      return null;
    }
    reader.skipBlanks();
    char first = reader.peek();
    if (first != '"' && first != '}') {
      return null;
    }
    reader.object("", 1);
    return reader.fields;
  }

  /** Reads the members after an opening brace; false when the text ends or breaks off. */
  private boolean object(String prefix, int depth) {
    while (true) {
      skipBlanks();
      if (accept('}')) {
        return true;
      }
      String key = peek() == '"' ? string() : null;
      skipBlanks();
      if (key == null || !accept(':') || !value(prefix + key, depth)) {
        return false;
      }
      skipBlanks();
      if (!accept(',') && peek() != '}') {
        return false;
      }
    }
  }

  private boolean value(String name, int depth) {
    skipBlanks();
    char c = peek();
    if (c == '"') {
      boolean closed = isClosed();
      put(name, EncodedStack.plain(string()));
      return closed;
    }
    if (c == '{' && depth < MAX_DEPTH) {
      at++;
      return object(name + ".", depth + 1);
    }
    int from = at;
    boolean nested = c == '{' || c == '[';
    boolean whole = nested ? skipNested() : skipLiteral();
    String literal = json.substring(from, at);
    if (!literal.equals("null")) {
      put(name, literal);
    }
    return whole;
  }

  /** A logger's own stack, which it adds behind that of a panic under the same name, is no news. */
  private void put(String name, String value) {
    String before = fields.get(name);
    boolean room = fields.size() < MAX_FIELDS || before != null;
    if (room && (before == null || !isGoroutine(before) || isGoroutine(value))) {
      fields.put(name, value);
    }
  }

  private static boolean isGoroutine(String value) {
    return value.startsWith("goroutine ");
  }

  private boolean isClosed() {
    int i = at + 1;
    while (i < json.length() && json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    return i < json.length();
  }

  /** Reads a string from its quote; one that is cut off gives what there is. */
  private String string() {
    int from = ++at;
    while (at < json.length() && json.charAt(at) != '"' && json.charAt(at) != '\\') {
      at++;
    }
    if (at < json.length() && json.charAt(at) == '"') {
      return json.substring(from, at++);
    }
    StringBuilder out = new StringBuilder(json.substring(from, at));
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        break;
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = at < json.length() ? json.charAt(at++) : '\\';
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'u' -> unicode(out);
      default -> out.append(c);
    }
  }

  private void unicode(StringBuilder out) {
    int code = 0;
    int digits = 0;
    while (digits < 4 && at < json.length() && Character.digit(json.charAt(at), 16) >= 0) {
      code = code * 16 + Character.digit(json.charAt(at++), 16);
      digits++;
    }
    out.append(digits == 4 ? (char) code : '\ufffd');
  }

  /** Skips an array or a deep object by counting brackets outside strings. */
  private boolean skipNested() {
    int depth = 0;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        skipString();
        continue;
      }
      at++;
      if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return true;
      }
    }
    return false;
  }

  private void skipString() {
    at++;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(json.length(), at + 1);
  }

  private boolean skipLiteral() {
    int from = at;
    while (at < json.length() && ",}] \t\r\n\"{[:".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return at > from;
  }

  private void skipBlanks() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private char peek() {
    return at < json.length() ? json.charAt(at) : 0;
  }
}
