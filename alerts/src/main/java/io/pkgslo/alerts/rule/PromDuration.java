// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as PromQL writes them, such as {@code 6d23h52m30s}. */
final class PromDuration {
  private static final Pattern PART = Pattern.compile("([0-9]+)([dhms])");

  private PromDuration() {}

  /** Whole seconds only, at least one. */
  static String of(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    return text.toString();
  }

  /** Null for zero, which a rule leaves out. */
  static @Nullable String orNull(Duration duration) {
    return duration.isZero() ? null : of(duration);
  }

  /** What {@link #of} wrote. */
  static Duration parse(String text) {
    Matcher part = PART.matcher(text);
    Duration duration = Duration.ZERO;
    while (part.find()) {
      long count = Long.parseLong(part.group(1));
      duration =
          switch (part.group(2)) {
            case "d" -> duration.plusDays(count);
            case "h" -> duration.plusHours(count);
            case "m" -> duration.plusMinutes(count);
            default -> duration.plusSeconds(count);
          };
    }
    return duration;
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }
}
