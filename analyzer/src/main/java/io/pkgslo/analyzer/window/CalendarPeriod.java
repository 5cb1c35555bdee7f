// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Periods of the calendar, such as months: one begins at {@code start}, and each next one where the
 * one before ends. A day or a month is as long as it is in its time zone. Thread-safe.
 */
public final class CalendarPeriod {
  /** Units of the calendar. */
  public enum Unit {
    DAY(ChronoUnit.DAYS, 1, 1),
    WEEK(ChronoUnit.WEEKS, 1, 7),
    MONTH(ChronoUnit.MONTHS, 1, 31),
    QUARTER(ChronoUnit.MONTHS, 3, 92),
    YEAR(ChronoUnit.YEARS, 1, 366);

    private final ChronoUnit step;
    private final int steps;
    private final int longestDays;

    Unit(ChronoUnit step, int steps, int longestDays) {
      this.step = step;
      this.steps = steps;
      this.longestDays = longestDays;
    }
  }

  /** Clocks are set back by an hour, and zones change by less than that on top. */
  private static final Duration SLACK = Duration.ofHours(2);

  private final LocalDateTime start;
  private final ZoneId zone;
  private final Unit unit;
  private final int count;

  /** The period that was asked for last: who asks, asks for the same one again and again. */
  private volatile Period last = new Period(Long.MAX_VALUE, Long.MAX_VALUE);

  private record Period(long startMillis, long endMillis) {
    boolean has(long epochMillis) {
      return startMillis <= epochMillis && epochMillis < endMillis;
    }
  }

  /**
   * @param start local time
   * @param count units per period, 1 or more
   * @throws IllegalArgumentException when a period may be longer than 92 days
   */
  public CalendarPeriod(LocalDateTime start, ZoneId zone, Unit unit, int count) {
    if (count < 1 || (long) unit.longestDays * count > 92) {
      throw new IllegalArgumentException(
          "a calendar period must be at most 92 days, was " + count + " " + unit);
    }
    this.start = start;
    this.zone = zone;
    this.unit = unit;
    this.count = count;
  }

  public LocalDateTime start() {
    return start;
  }

  public ZoneId zone() {
    return zone;
  }

  public Unit unit() {
    return unit;
  }

  public int count() {
    return count;
  }

  /** Start of the period that {@code epochMillis} is in. */
  public long startOf(long epochMillis) {
    return periodOf(epochMillis).startMillis();
  }

  /** End of the period that {@code epochMillis} is in: the start of the next one. */
  public long endOf(long epochMillis) {
    return periodOf(epochMillis).endMillis();
  }

  private Period periodOf(long epochMillis) {
    Period known = last;
    if (known.has(epochMillis)) {
      return known;
    }
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    long number = Math.floorDiv(unit.step.between(start, local), (long) unit.steps * count);
    while (startMillis(number) > epochMillis) {
      number--;
    }
    while (startMillis(number + 1) <= epochMillis) {
      number++;
    }
    last = new Period(startMillis(number), startMillis(number + 1));
    return last;
  }

  /** Each is reckoned from the first, so that a 31st stays one in the months that have it. */
  private long startMillis(long number) {
    return start
        .plus(number * unit.steps * count, unit.step)
        .atZone(zone)
        .toInstant()
        .toEpochMilli();
  }

  /** No period is longer. */
  long longestSeconds() {
    return Duration.ofDays((long) unit.longestDays * count).plus(SLACK).toSeconds();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CalendarPeriod that
        && start.equals(that.start)
        && zone.equals(that.zone)
        && unit == that.unit
        && count == that.count;
  }

  @Override
  public int hashCode() {
    return Objects.hash(start, zone, unit, count);
  }

  @Override
  public String toString() {
    return count + " " + unit + " from " + start + " " + zone;
  }
}
