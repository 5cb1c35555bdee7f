// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/**
 * Finds ids in running text: a key of {@link IdKey}, an equals sign or colon, the value; quotes and
 * blanks between them do not matter ({@code trace_id=...}, {@code "traceId": "..."}). One pass.
 */
final class TextIds {
  /** What is looked at of one text. */
  private static final int MAX_CHARS = 64 * 1024;

  private static final int LONGEST_GAP = 4;

  private TextIds() {}

  static void find(String text, LogIds ids) {
    int end = Math.min(text.length(), MAX_CHARS);
    int at = 0;
    while (at < end) {
      if (!isWord(text.charAt(at))) {
        at++;
        continue;
      }
      int wordEnd = endOfWord(text, at, end);
      int value = startOfValue(text, wordEnd, end);
      if (value >= 0 && mayBeKey(text, at, wordEnd)) {
        int valueEnd = endOfValue(text, value, end);
        ids.offer(text.substring(at, wordEnd), text.substring(value, valueEnd));
      }
      at = wordEnd;
    }
  }

  /** All keys end in "id", "trace", "parent" or "3". */
  private static boolean mayBeKey(String text, int from, int to) {
    int last = text.charAt(to - 1) | 0x20;
    return to - from >= 2 && (last == 'd' || last == 'e' || last == 't' || last == ('3' | 0x20));
  }

  /** Behind blanks, quotes and one equals sign or colon; -1 when there is no such sign. */
  private static int startOfValue(String text, int from, int end) {
    boolean assigned = false;
    int limit = Math.min(end, from + LONGEST_GAP + 1);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '=' || c == ':') {
        if (assigned) {
          return -1;
        }
        assigned = true;
      } else if (c != ' ' && c != '"' && c != '\'' && c != '\\') {
        return assigned ? i : -1;
      }
    }
    return -1;
  }

  private static int endOfWord(String text, int from, int end) {
    int i = from;
    while (i < end && isWord(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfValue(String text, int from, int end) {
    int i = from;
    while (i < end && isValue(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_' || c == '.' || c == '-' || c == '/';
  }

  private static boolean isValue(char c) {
    return isWord(c) || c == ':' || c == '=' || c == ';';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
