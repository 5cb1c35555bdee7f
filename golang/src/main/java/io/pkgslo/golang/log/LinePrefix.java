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
  /** RFC 5424: {@code <165>1 2026-08-21T10:00:00.1Z host shop 77 ID [data a="b"] line}. */
  SYSLOG_5424 {
    @Override
    int end(String line) {
      int version = SyslogHeader.afterPriority(line);
      return line.startsWith("1 ", version) ? SyslogHeader.endOf5424(line, version + 2) : -1;
    }
  },
  /** {@code Nov 21 21:22:31 host shop[77]: line}, also with other times, and of RFC 3164. */
  SYSLOG {
    @Override
    int end(String line) {
      return SyslogHeader.endOf3164(line);
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
  /** {@code [pod/shop-1/app] line}, of {@code kubectl logs --prefix}. */
  POD {
    @Override
    int end(String line) {
      int close = line.startsWith("[pod/") ? line.indexOf(']') : -1;
      return close < 0 || close > MAX ? -1 : Math.min(line.length(), close + 2);
    }
  },
  /** {@code 2026-08-21T10:00:00.123456789Z line}, or date and time as two words. */
  TIMESTAMP {
    @Override
    int end(String line) {
      int end = SyslogHeader.endOfTime(line, 0);
      boolean container = line.startsWith("std", end + 1); // CRI's own format
      return end < 0 || container ? -1 : Math.min(line.length(), end + 1);
    }
  };

  private static final int MAX = 128;
  private static final int MIN_LINES = 3;

  /** Where the prefix ends; negative for a line that has none. */
  abstract int end(String line);

  /** What the lines of a file that are not empty have in common. */
  public static LinePrefix of(Iterable<String> lines) {
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
}
