// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.log.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of one line that a logger wrote as text: logfmt (slog, logrus), zap's console format
 * with its JSON at the end, klog, zerolog's console, and plain words behind a date. Stateless; as
 * exact as it has to be for {@link RecoveryStatement}.
 */
final class LoggedLine {
  private static final String MESSAGE = "msg";
  private static final int MAX_KEY = 40;

  private LoggedLine() {}

  /** The message under {@code msg}, without what loggers put before it, and the fields. */
  static Map<String, String> fieldsOf(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    String text = line;
    int brace = line.endsWith("}") ? line.indexOf('{') : -1;
    Map<String, String> json = brace < 0 ? null : JsonFields.parse(line.substring(brace));
    if (json != null) {
      fields.putAll(json);
      text = line.substring(0, brace).strip();
    }
    int key = firstKey(text);
    String words = key < 0 ? text : text.substring(0, key).strip();
    while (key >= 0) {
      key = field(text, key, fields);
    }
    String message = withoutHead(words);
    if (!message.isEmpty()) {
      fields.putIfAbsent(MESSAGE, message);
    }
    return fields;
  }

  /** Reads one field; where the next one begins, negative at the end. */
  private static int field(String text, int at, Map<String, String> fields) {
    int equals = text.indexOf('=', at);
    int from = equals + 1;
    int end;
    String value;
    if (from < text.length() && text.charAt(from) == '"') {
      StringBuilder quoted = new StringBuilder();
      end = from + 1;
      while (end < text.length() && text.charAt(end) != '"') {
        boolean escaped = text.charAt(end) == '\\' && end + 1 < text.length();
        end += escaped ? 1 : 0;
        quoted.append(escaped && text.charAt(end) == 'n' ? '\n' : text.charAt(end));
        end++;
      }
      value = quoted.toString();
      end++;
    } else {
      int blank = text.indexOf(' ', from);
      end = blank < 0 ? text.length() : blank;
      value = text.substring(from, end);
    }
    fields.putIfAbsent(text.substring(at, equals), value);
    return end >= text.length() ? -1 : nextKey(text, end);
  }

  private static int firstKey(String text) {
    return keyEnd(text, 0) > 0 ? 0 : nextKey(text, 0);
  }

  /** Place of the next {@code key=} behind a blank. */
  private static int nextKey(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == ' ' || c == '\t') && keyEnd(text, i + 1) > 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** The equals sign of a key that begins here; negative without one. */
  private static int keyEnd(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < MAX_KEY) {
      char c = text.charAt(i);
      if (c == '=') {
        return i > from ? i : -1;
      }
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != '-') {
        return -1;
      }
      i++;
    }
    return -1;
  }

  /** Without dates, levels, files, numbers and names in brackets, and without klog's quotes. */
  private static String withoutHead(String words) {
    int at = 0;
    while (at < words.length()) {
      int end = endOfWord(words, at);
      if (!isOfHead(words.substring(at, end))) {
        break;
      }
      at = end;
      while (at < words.length() && words.charAt(at) <= ' ') {
        at++;
      }
    }
    String message = words.substring(at).strip();
    boolean quoted = message.length() > 1 && message.startsWith("\"") && message.endsWith("\"");
    return quoted ? message.substring(1, message.length() - 1) : message;
  }

  private static int endOfWord(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) > ' ') {
      i++;
    }
    return i;
  }

  private static boolean isOfHead(String word) {
    boolean level = word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == ':');
    boolean marked = word.startsWith("[") || word.endsWith("]") || word.contains(".go:");
    boolean panic = word.contains("PANIC");
    return !panic && (level || marked || word.chars().anyMatch(Character::isDigit));
  }
}
