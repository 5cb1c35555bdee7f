// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The compliance period of an SLO. */
final class TimeWindowReader {
  static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * A period.
   *
   * @param calendar null when it is rolling
   */
  record Period(Duration length, @Nullable CalendarWindow calendar) {}

  private final Dialect dialect;

  TimeWindowReader(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Null when it is not valid, and reported. */
  @Nullable Period read(YamlMap spec) {
    YamlMap window =
        spec.only(
            "timeWindow", "a rolling or calendar window", "duration", "isRolling", "calendar");
    if (window == null) {
      return null;
    }
    Boolean rolling = window.flag("isRolling");
    String text = window.requiredText("duration", "such as 7d");
    if (window.has("calendar")) {
      if (Boolean.TRUE.equals(rolling)) {
        window.error("isRolling", "isRolling is true with a calendar, expected one of them");
      }
      return calendar(window, text);
    }
    if (Boolean.FALSE.equals(rolling)) {
      window.error("isRolling", "isRolling is false without a calendar, expected a calendar");
      return null;
    }
    window.required("isRolling", "true, or a calendar");
    Duration length = text == null ? null : duration(window, text);
    return length == null ? null : new Period(length, null);
  }

  private @Nullable Duration duration(YamlMap window, String text) {
    Duration length = Durations.window(text);
    if (length == null || (dialect == Dialect.V2ALPHA && text.matches(".*[MQY]"))) {
      window.unexpected("duration", Durations.expectedWindow(dialect == Dialect.V1));
      return null;
    }
    return inRange(window, length) ? length : null;
  }

  private static boolean inRange(YamlMap window, Duration length) {
    if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(Slo.LONGEST_PERIOD) > 0) {
      window.unexpected("duration", "1m to 90d, which is how long events are kept");
      return false;
    }
    return true;
  }

  private @Nullable Period calendar(YamlMap window, @Nullable String text) {
    YamlMap calendar = window.map("calendar", "startTime", "timeZone");
    if (calendar == null) {
      return null;
    }
    LocalDateTime start = start(calendar);
    ZoneId zone = zone(calendar);
    CalendarWindow.Unit unit = text == null ? null : unit(text);
    if (text != null && unit == null) {
      window.unexpected("duration", "days, weeks, months or quarters of a calendar, such as 1M");
    }
    if (text == null || unit == null || start == null || zone == null) {
      return null;
    }
    int count = count(text);
    if (count < 1) {
      window.unexpected("duration", "1 or more units of a calendar");
      return null;
    }
    CalendarWindow period = new CalendarWindow(start, zone, unit, count);
    if (!period.isKept()) {
      window.unexpected(
          "duration", "up to 90 days or a quarter, which is how long events are kept");
      return null;
    }
    return inRange(window, period.nominalLength())
        ? new Period(period.nominalLength(), period)
        : null;
  }

  private static int count(String text) {
    String digits = text.substring(0, text.length() - 1);
    return digits.length() > 4 ? Integer.MAX_VALUE / 1_000 : Integer.parseInt(digits);
  }

  private CalendarWindow.@Nullable Unit unit(String text) {
    if (Durations.window(text) == null) {
      return null;
    }
    String letter = text.substring(text.length() - 1);
    for (CalendarWindow.Unit unit : CalendarWindow.Unit.values()) {
      boolean known = dialect == Dialect.V1 || "dw".contains(unit.letter());
      if (unit.letter().equals(letter) && known) {
        return unit;
      }
    }
    return null;
  }

  private static @Nullable LocalDateTime start(YamlMap calendar) {
    // YAML 1.1 reads it as a timestamp, so its tag is not that of text.
    String text = calendar.scalar("startTime", "a time such as 2026-01-01 00:00:00");
    try {
      return text == null ? null : LocalDateTime.parse(text, LOCAL_TIME);
    } catch (DateTimeException e) {
      calendar.unexpected("startTime", "a time such as 2026-01-01 00:00:00");
      return null;
    }
  }

  private static @Nullable ZoneId zone(YamlMap calendar) {
    String text = calendar.requiredText("timeZone", "a name such as Europe/Berlin");
    ZoneId zone = text == null ? null : Zones.named(text);
    if (text != null && zone == null) {
      calendar.unexpected("timeZone", Zones.EXPECTED);
    }
    return zone;
  }
}
