// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Time windows of OpenSLO v1alpha: a unit and how many of it. */
final class AlphaWindow {
  /**
   * A period.
   *
   * @param calendar null when it is rolling
   */
  record Period(Duration length, @Nullable CalendarWindow calendar) {}

  private static final String UNITS = "Day, Week, Month or Quarter";

  private final Conversion conversion;

  AlphaWindow(Conversion conversion) {
    this.conversion = conversion;
  }

  /** Null when it is not valid, and reported. */
  @Nullable Period read(YamlMap spec) {
    YamlMap window = spec.only("timeWindows", "a window", "unit", "count", "isRolling", "calendar");
    if (window == null) {
      return null;
    }
    CalendarWindow.Unit unit = unit(window);
    window.required("count", "how many of the unit");
    BigDecimal count = window.number("count");
    if (unit == null || count == null) {
      return null;
    }
    int units =
        count.stripTrailingZeros().scale() > 0 ? 0 : count.min(BigDecimal.TEN.pow(4)).intValue();
    CalendarWindow longest =
        new CalendarWindow(LocalDateTime.MIN, ZoneId.of("UTC"), unit, Math.max(1, units));
    Duration length = longest.nominalLength();
    if (units < 1 || !longest.isKept() || length.compareTo(Slo.LONGEST_PERIOD) > 0) {
      window.unexpected("count", "a whole number of units, up to 90 days, which events are kept");
      return null;
    }
    if (!window.has("calendar")) {
      if (Boolean.FALSE.equals(window.flag("isRolling"))) {
        window.error("isRolling", "no calendar, expected isRolling: true or a calendar");
        return null;
      }
      if (!window.has("isRolling")) {
        conversion.change(
            window.node(),
            "the window says neither isRolling nor a calendar; it is rolling, as Sloth reads it");
      }
      return new Period(length, null);
    }
    YamlMap calendar = conversion.map(window, "calendar", "startTime", "timeZone");
    return calendar == null ? null : calendar(calendar, unit, units);
  }

  private static CalendarWindow.@Nullable Unit unit(YamlMap window) {
    String unit = window.requiredText("unit", UNITS);
    if (unit == null) {
      return null;
    }
    return switch (unit) {
      case "Day" -> CalendarWindow.Unit.DAY;
      case "Week" -> CalendarWindow.Unit.WEEK;
      case "Month" -> CalendarWindow.Unit.MONTH;
      case "Quarter" -> CalendarWindow.Unit.QUARTER;
      default -> {
        window.unexpected("unit", UNITS);
        yield null;
      }
    };
  }

  private static @Nullable Period calendar(YamlMap calendar, CalendarWindow.Unit unit, int count) {
    String start = calendar.scalar("startTime", "a time such as 2026-01-01 00:00:00");
    String zone = calendar.requiredText("timeZone", "a name such as Europe/Berlin");
    if (start == null || zone == null) {
      return null;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(start.replace(' ', 'T')).withNano(0);
      CalendarWindow window = new CalendarWindow(time, ZoneId.of(zone), unit, count);
      return new Period(window.nominalLength(), window);
    } catch (DateTimeException e) {
      calendar
          .problems()
          .error(
              calendar.node(),
              "a start or time zone that is none, expected 2026-01-01 00:00:00 and Europe/Berlin");
      return null;
    }
  }
}
