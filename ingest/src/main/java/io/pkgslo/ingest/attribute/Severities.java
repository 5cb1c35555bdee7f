// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.Locale;
import java.util.Map;

/** OTLP severity numbers of the names that Go's loggers use (reference: go-telemetry.md 6). */
final class Severities {
  /** Lowest severity of an error. */
  static final int ERROR = 17;

  private static final int HIGHEST = 24;
  private static final int LONGEST_NAME = 16;
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("trace", 1),
          Map.entry("debug", 5),
          Map.entry("dbg", 5),
          Map.entry("info", 9),
          Map.entry("inf", 9),
          Map.entry("information", 9),
          Map.entry("notice", 10),
          Map.entry("warn", 13),
          Map.entry("wrn", 13),
          Map.entry("warning", 13),
          Map.entry("error", ERROR),
          Map.entry("err", ERROR),
          Map.entry("critical", 18),
          Map.entry("alert", 19),
          Map.entry("emergency", 21),
          Map.entry("dpanic", 21),
          Map.entry("panic", 22),
          Map.entry("fatal", 23));

  private Severities() {}

  /** A sender's number brought into 0 to 24. */
  static int ofNumber(int number) {
    return number < 0 ? 0 : Math.min(number, HIGHEST);
  }

  /** Number of a name such as {@code WARN} or slog's {@code ERROR+2}; 0 when it is none. */
  static int ofName(String name) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      return 0;
    }
    int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
    Integer base = NUMBERS.get(sign > 0 ? text.substring(0, sign) : text);
    if (base == null) {
      return 0;
    }
    int offset = sign > 0 ? smallNumber(text.substring(sign)) : 0;
    return Math.max(1, Math.min(base + offset, HIGHEST));
  }

  private static int smallNumber(String signed) {
    try {
      return Integer.parseInt(signed);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
