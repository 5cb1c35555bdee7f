// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a panic says: cleaned for people, and normalised so that repetitions are equal. */
final class PanicMessage {
  static final int MAX_LENGTH = 1024;

  private static final String ABORT_HANDLER = "net/http: abort Handler";
  private static final String PANIC = "panic: ";

  /** With this begins the value of every panic of the runtime itself, whatever stands before it. */
  private static final String RUNTIME_ERROR = "runtime error: ";

  /** Under which a record of logfmt says what it recovered, besides {@code panic}. */
  private static final List<String> FIELDS =
      List.of("recovered", "recover", "err", "error", "reason");

  private PanicMessage() {}

  /**
   * The first line of a panic value, without the runtime's remarks. Further lines cannot be told
   * from other writers' lines, so no report's message depends on them.
   */
  static String clean(String text) {
    String line = text.strip();
    int newline = line.indexOf('\n');
    line = newline < 0 ? line : line.substring(0, newline).strip();
    line = without(without(line, " [recovered]"), " [recovered, repanicked]");
    int from = 0;
    while (line.startsWith(PANIC, from)) {
      from += PANIC.length();
    }
    return line.substring(from, Math.min(line.length(), from + MAX_LENGTH)).strip();
  }

  /**
   * The value in a log line that announces a recovered panic: a field of zap's console format or of
   * logfmt, or what follows "recovered: " and its like; else the whole line.
   */
  static String announced(String line) {
    int fields = line.endsWith("}") ? line.indexOf('{') : -1;
    String value = fields < 0 ? null : StructuredPanic.valueIn(line.substring(fields));
    if (value != null) {
      return value;
    }
    String field = PanicHead.field(line, "panic");
    if (!field.isEmpty()) {
      return field;
    }
    for (String key : FIELDS) {
      field = PanicHead.field(line, key);
      if (!field.isEmpty()) {
        return field.substring(Math.max(0, field.indexOf(RUNTIME_ERROR)));
      }
    }
    int runtime = line.indexOf(RUNTIME_ERROR);
    if (runtime >= 0) {
      return upToQuote(line, runtime);
    }
    int word = Math.max(line.indexOf("recover"), line.indexOf("Recover"));
    word = word >= 0 ? word : Math.max(line.indexOf("panic"), line.indexOf("Panic"));
    int colon = word < 0 ? -1 : line.indexOf(": ", word);
    return colon < 0 ? withoutDate(line) : upToQuote(line, colon + 2);
  }

  /** Without the date and the time that a logger put first. */
  private static String withoutDate(String line) {
    int from = 0;
    int end = line.indexOf(' ');
    while (end > from && isDate(line, from, end)) {
      from = end + 1;
      end = line.indexOf(' ', from);
    }
    return line.substring(from);
  }

  /** A word of digits with two separators at least: {@code 2026/11/21}, {@code 21:02:42.5}. */
  private static boolean isDate(String line, int from, int end) {
    int separators = 0;
    for (int i = from; i < end; i++) {
      char c = line.charAt(i);
      boolean separator = "/-:.TZ+".indexOf(c) >= 0;
      if (!separator && !isDigit(c)) {
        return false;
      }
      separators += separator ? 1 : 0;
    }
    return separators >= 2 && isDigit(line.charAt(from));
  }

  /** The rest of a line, or of the quoted value that the place is in. */
  private static String upToQuote(String line, int from) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"' && i >= from && quoted) {
        return line.substring(from, i);
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return line.substring(from);
  }

  /** {@code http.ErrAbortHandler} ends a handler on purpose and is no panic to anybody. */
  static boolean isAbortHandler(String cleaned) {
    return cleaned.equals(ABORT_HANDLER);
  }

  /**
   * The type where the runtime printed one: {@code main.kind("text")}, {@code (*main.T) 0xc000…};
   * else null.
   */
  static @Nullable String typeOf(String cleaned) {
    int close = cleaned.indexOf(") 0x");
    if (cleaned.startsWith("(") && close > 1) {
      return cleaned.substring(1, close);
    }
    int open = cleaned.indexOf("(\"");
    boolean named = open > 0 && cleaned.endsWith("\")") && cleaned.lastIndexOf(' ', open) < 0;
    return named && cleaned.lastIndexOf('.', open) > 0 ? cleaned.substring(0, open) : null;
  }

  /**
   * Numbers, addresses, long hexadecimal words and UUIDs become {@code #}; a printed type around a
   * string goes, as telemetry SDKs print the bare value.
   */
  static String normalise(String cleaned) {
    String text = cleaned;
    if (!text.startsWith("(") && typeOf(text) != null) {
      text = text.substring(text.indexOf("(\"") + 2, text.length() - 2);
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = isUuid(text, i) ? i + 36 : endOfWord(text, i);
      if (end == i) {
        i = symbol(text, i, out);
      } else {
        word(text.substring(i, end), out);
        i = end;
      }
    }
    return out.toString().strip();
  }

  private static int symbol(String text, int at, StringBuilder out) {
    char c = text.charAt(at);
    boolean sign = c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    boolean blank = Character.isWhitespace(c);
    boolean repeated = blank && out.length() > 0 && out.charAt(out.length() - 1) == ' ';
    if (!sign && !repeated) {
      out.append(blank ? ' ' : c);
    }
    return at + 1;
  }

  private static void word(String word, StringBuilder out) {
    boolean prefixed = word.length() > 2 && word.startsWith("0x");
    if (word.length() == 36 && word.indexOf('-') > 0) {
      out.append('#');
    } else if (isHex(word, prefixed ? 2 : 0) && (prefixed || isLongHex(word))) {
      out.append('#');
    } else {
      digitsToHash(word, out);
    }
  }

  private static void digitsToHash(String word, StringBuilder out) {
    boolean inNumber = false;
    for (int i = 0; i < word.length(); i++) {
      boolean digit = isDigit(word.charAt(i));
      if (!digit) {
        out.append(word.charAt(i));
      } else if (!inNumber) {
        out.append('#');
      }
      inNumber = digit;
    }
  }

  private static boolean isLongHex(String word) {
    return word.length() >= 8 && word.chars().anyMatch(c -> isDigit((char) c));
  }

  private static boolean isHex(String word, int from) {
    for (int i = from; i < word.length(); i++) {
      if (Character.digit(word.charAt(i), 16) < 0) {
        return false;
      }
    }
    return from < word.length();
  }

  private static boolean isUuid(String text, int from) {
    if (from + 36 > text.length() || text.charAt(from + 8) != '-') {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(from + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int endOfWord(String text, int from) {
    int i = from;
    while (i < text.length()
        && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String without(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
