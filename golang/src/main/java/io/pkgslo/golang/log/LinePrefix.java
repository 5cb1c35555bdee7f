// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

/**
 * What a command that shows logs puts before each line: {@code kubectl logs --timestamps}, {@code
 * docker compose logs}, {@code journalctl}, syslog. One line alone cannot tell it from what the
 * program itself wrote, but a whole file can: all its lines have it. For files that people have;
 * shippers parse such prefixes off.
 */
public enum LinePrefix {
  NONE {
    @Override
    int end(String line) {
      return 0;
    }
  },
  /** {@code Nov 21 21:22:31 host shop[77]: line}, also with other times, and of syslog. */
  SYSLOG {
    @Override
    int end(String line) {
      int pid = line.indexOf("]: ");
      int open = pid < 0 ? -1 : line.lastIndexOf('[', pid);
      boolean numbered = open > 0 && pid <= MAX && isNumber(line, open + 1, pid);
      return numbered && hasClock(line, open) ? pid + "]: ".length() : -1;
    }
  },
  /** {@code shop-1 | line}. */
  COMPOSE {
    @Override
    int end(String line) {
      int bar = line.indexOf('|');
      if (bar < 2 || bar > MAX || line.charAt(bar - 1) != ' ') {
        return -1;
      }
      boolean word = line.substring(0, bar).strip().indexOf(' ') < 0;
      boolean blank = bar + 1 < line.length() && line.charAt(bar + 1) == ' ';
      return word ? bar + (blank ? 2 : 1) : -1;
    }
  },
  /** {@code 2026-08-21T10:00:00.123456789Z line}. */
  TIMESTAMP {
    @Override
    int end(String line) {
      int blank = line.indexOf(' ');
      int end = blank < 0 ? line.length() : blank;
      boolean container = line.startsWith("std", end + 1); // CRI's own format
      return isTimestamp(line, end) && !container ? Math.min(line.length(), end + 1) : -1;
    }
  };

  private static final int MAX = 128;
  private static final int MIN_LINES = 3;

  /** Where the prefix ends; negative for a line that has none. */
  abstract int end(String line);

  /** What the lines of a file that are not empty have in common. */
  public static LinePrefix of(String text) {
    String[] lines = text.split("\n", -1);
    for (LinePrefix prefix : values()) {
      int with = 0;
      int without = 0;
      for (String line : lines) {
        if (!line.isBlank()) {
          boolean has = prefix != NONE && prefix.end(line) >= 0;
          with += has ? 1 : 0;
          without += has ? 0 : 1;
        }
      }
      if (with >= MIN_LINES && without == 0) {
        return prefix;
      }
    }
    return NONE;
  }

  /** The line without its prefix. */
  public String without(String line) {
    return line.substring(Math.max(0, end(line)));
  }

  private static boolean isTimestamp(String line, int end) {
    return end >= 20
        && end <= 40
        && line.charAt(4) == '-'
        && line.charAt(10) == 'T'
        && line.charAt(13) == ':'
        && isNumber(line, 0, 4);
  }

  private static boolean hasClock(String line, int end) {
    int colon = line.indexOf(':');
    return colon > 1
        && colon + 5 < end
        && line.charAt(colon + 3) == ':'
        && isNumber(line, colon - 2, colon)
        && isNumber(line, colon + 1, colon + 3);
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
