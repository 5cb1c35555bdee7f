// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A compliance period of the calendar, such as a month: the first one begins at {@code start}, and
 * each next one where the one before ends.
 *
 * @param start local time, whole seconds
 * @param zone where that time is
 * @param count units per period, 1 or more
 */
public record CalendarWindow(LocalDateTime start, ZoneId zone, Unit unit, int count) {
  private static final int LONGEST_DAYS = 92;

  /** Units of the calendar; a day or a month is as long as it is in its zone. */
  public enum Unit {
    DAY("d", 1, 1),
    WEEK("w", 7, 7),
    MONTH("M", 30, 31),
    QUARTER("Q", 90, 92),
    YEAR("Y", 365, 366);

    private final String letter;
    private final int nominalDays;
    private final int longestDays;

    Unit(String letter, int nominalDays, int longestDays) {
      this.letter = letter;
      this.nominalDays = nominalDays;
      this.longestDays = longestDays;
    }

    /** As OpenSLO writes it behind a number. */
    public String letter() {
      return letter;
    }
  }

  public CalendarWindow {
    if (count < 1) {
      throw new IllegalArgumentException("a calendar period is 1 unit or more, was " + count);
    }
    if (!start.truncatedTo(ChronoUnit.SECONDS).equals(start)) {
      throw new IllegalArgumentException("a calendar period starts on a second, was " + start);
    }
  }

  /** True when events are kept as long as every one of the periods: 92 days, which is a quarter. */
  public boolean isKept() {
    return (long) unit.longestDays * count <= LONGEST_DAYS;
  }

  /** Length that stands for all of them where one number is needed, such as in burn rates. */
  public Duration nominalLength() {
    return Duration.ofDays((long) unit.nominalDays * count);
  }
}
