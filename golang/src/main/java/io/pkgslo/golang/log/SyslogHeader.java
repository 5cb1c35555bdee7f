// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

/**
 * Where the headers of syslog end, of both its formats and of the many that are nearly so, and the
 * times that they begin with. Negative answers say that a line has no such header. Stateless.
 */
final class SyslogHeader {
  private static final int MAX = 192;
  private static final int MAX_DATA = 4096;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private SyslogHeader() {}

  /** Behind {@code <165>}; 0 without. */
  static int afterPriority(String line) {
    int close = line.startsWith("<") ? line.indexOf('>') : -1;
    return close > 1 && close <= 4 && isNumber(line, 1, close) ? close + 1 : 0;
  }

  /**
   * {@code TIME HOST APP PROCID MSGID DATA MESSAGE} of RFC 5424; a time that nobody knew is a
   * hyphen.
   */
  static int endOf5424(String line, int from) {
    int at = line.startsWith("- ", from) ? from + 1 : endOfTime(line, from);
    for (int word = 0; word < 4 && at >= 0; word++) {
      int end = line.indexOf(' ', at + 1);
      at = end > at + 1 && end - from <= MAX ? end : -1;
    }
    int data = at < 0 ? -1 : endOfData(line, at + 1);
    if (data < 0) {
      return -1;
    }
    int message = Math.min(line.length(), data + 1);
    return line.startsWith(BYTE_ORDER_MARK, message) ? message + 1 : message;
  }

  /** A hyphen, or elements in brackets, in whose quoted values brackets are escaped. */
  private static int endOfData(String line, int from) {
    if (line.startsWith("-", from)) {
      return from + 1;
    }
    int at = from;
    while (at < line.length() && line.charAt(at) == '[' && at - from < MAX_DATA) {
      while (at < line.length() && line.charAt(at) != ']') {
        at += line.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }
    return at > from && at <= line.length() ? at : -1;
  }

  /**
   * {@code Nov 21 21:22:31 host shop[77]: } of RFC 3164, with or without a priority, and with other
   * times, as rsyslog, the journal and platforms write it. Without a number in brackets, a priority
   * or the time of the RFC have to tell it from what loggers write.
   */
  static int endOf3164(String line) {
    int from = afterPriority(line);
    int bsd = endOfBsdTime(line, from);
    int time = bsd < 0 ? endOfTime(line, from) : bsd;
    if (time < 0) {
      return -1;
    }
    int end = line.indexOf(": ", time);
    // Of an empty line the last blank may be gone.
    int colon = end < 0 && line.endsWith(":") ? line.length() - 1 : end;
    if (colon <= time || colon - from > MAX) {
      return -1;
    }
    int words = 0;
    for (int i = time; i < colon; i++) {
      words += line.charAt(i) == ' ' && line.charAt(i + 1) != ' ' ? 1 : 0;
    }
    boolean process = line.charAt(colon - 1) == ']';
    boolean syslog = process || bsd >= 0 || from > 0;
    // The journal may name the zone, platforms leave out the host.
    boolean tag = words == 2 ? syslog : process && (words == 1 || words == 3);
    return tag ? Math.min(line.length(), colon + 2) : -1;
  }

  /** {@code Nov 21 21:22:31}, the day padded. */
  private static int endOfBsdTime(String line, int from) {
    int colon = line.indexOf(':', from);
    boolean clock =
        colon > from + 5
            && colon - from <= 18
            && colon + 6 < line.length()
            && line.charAt(colon + 3) == ':'
            && isNumber(line, colon - 2, colon)
            && isNumber(line, colon + 1, colon + 3)
            && isNumber(line, colon + 4, colon + 6)
            && Character.isUpperCase(line.charAt(from));
    return clock ? line.indexOf(' ', colon) : -1;
  }

  /**
   * {@code 2026-08-21T10:00:00.1Z}, or {@code 2026-08-21 10:00:00.1}, with any zone or none. Go's
   * own logger puts slashes into its dates: what stands behind those are the program's own words.
   */
  static int endOfTime(String line, int from) {
    boolean date =
        line.length() >= from + 19
            && isNumber(line, from, from + 4)
            && line.charAt(from + 4) == '-'
            && line.charAt(from + 7) == '-'
            && (line.charAt(from + 10) == 'T' || line.charAt(from + 10) == ' ')
            && line.charAt(from + 13) == ':'
            && line.charAt(from + 16) == ':';
    if (!date) {
      return -1;
    }
    int end = from + 17;
    while (end < line.length() && line.charAt(end) > ' ') {
      end++;
    }
    return end - from <= 40 ? end : -1;
  }

  private static boolean isNumber(String line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line.charAt(i) < '0' || line.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }
}
