// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.CalendarPeriod;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Calendar periods as objectives and records have them. */
final class Calendars {
  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Calendars() {}

  /**
   * @throws IllegalArgumentException when it makes no sense
   */
  static CalendarPeriod of(io.pkgslo.model.wire.CalendarPeriod wire) {
    try {
      return new CalendarPeriod(
          LocalDateTime.parse(wire.getStart(), LOCAL_TIME),
          ZoneId.of(wire.getTimeZone()),
          unit(wire.getUnit()),
          wire.getCount());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("calendar: " + e.getMessage(), e);
    }
  }

  private static CalendarPeriod.Unit unit(io.pkgslo.model.wire.CalendarPeriod.Unit wire) {
    return switch (wire) {
      case DAY -> CalendarPeriod.Unit.DAY;
      case WEEK -> CalendarPeriod.Unit.WEEK;
      case MONTH -> CalendarPeriod.Unit.MONTH;
      case QUARTER -> CalendarPeriod.Unit.QUARTER;
      case YEAR -> CalendarPeriod.Unit.YEAR;
      case UNIT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("calendar: unknown unit");
    };
  }

  static io.pkgslo.model.wire.CalendarPeriod wire(CalendarPeriod calendar) {
    return io.pkgslo.model.wire.CalendarPeriod.newBuilder()
        .setStart(calendar.start().format(LOCAL_TIME))
        .setTimeZone(calendar.zone().getId())
        .setUnit(
            switch (calendar.unit()) {
              case DAY -> io.pkgslo.model.wire.CalendarPeriod.Unit.DAY;
              case WEEK -> io.pkgslo.model.wire.CalendarPeriod.Unit.WEEK;
              case MONTH -> io.pkgslo.model.wire.CalendarPeriod.Unit.MONTH;
              case QUARTER -> io.pkgslo.model.wire.CalendarPeriod.Unit.QUARTER;
              case YEAR -> io.pkgslo.model.wire.CalendarPeriod.Unit.YEAR;
            })
        .setCount(calendar.count())
        .build();
  }
}
