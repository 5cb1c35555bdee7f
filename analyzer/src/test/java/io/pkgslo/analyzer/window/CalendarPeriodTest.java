// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarPeriodTest {
  private static CalendarPeriod period(String start, String zone, String unit, int count) {
    return new CalendarPeriod(
        LocalDateTime.parse(start), ZoneId.of(zone), CalendarPeriod.Unit.valueOf(unit), count);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  /** Berlin is at UTC+1, in summer +2: from 2026-03-29T01:00Z to 2026-10-25T01:00Z. */
  @ParameterizedTest
  @CsvSource({
    // start, zone, unit, count, at, from, to
    "2026-01-01T00:00, UTC, MONTH, 1, 2026-11-20T12:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-01-01T00:00, UTC, MONTH, 1, 2026-11-01T00:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-01-01T00:00, UTC, MONTH, 1, 2026-10-31T23:59:59Z, 2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-01-01T00:00, Europe/Berlin, DAY, 1, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "2026-01-01T00:00, Europe/Berlin, DAY, 1, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "2026-01-05T00:00, Europe/Berlin, WEEK, 2, 2026-01-20T00:00:00Z, 2026-01-18T23:00:00Z, 2026-02-01T23:00:00Z",
    "2026-01-01T00:00, America/New_York, QUARTER, 1, 2026-11-20T12:00:00Z, 2026-10-01T04:00:00Z, 2027-01-01T05:00:00Z",
    "2026-01-31T00:00, UTC, MONTH, 1, 2026-03-01T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
    "2027-01-01T00:00, UTC, MONTH, 1, 2026-11-20T12:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-01-01T00:00, Asia/Kathmandu, MONTH, 1, 2026-11-20T12:00:00Z, 2026-10-31T18:15:00Z, 2026-11-30T18:15:00Z",
  })
  void period_beginsAndEndsInItsTimeZone(
      String start, String zone, String unit, int count, String at, String from, String to) {
    CalendarPeriod period = period(start, zone, unit, count);
    assertThat(Instant.ofEpochMilli(period.startOf(millis(at)))).hasToString(from);
    assertThat(Instant.ofEpochMilli(period.endOf(millis(at)))).hasToString(to);
    // Asked the other way round, so that the one that is remembered is of no use.
    assertThat(period.startOf(millis(to))).isEqualTo(millis(to));
    assertThat(period.endOf(millis(from) - 1)).isEqualTo(millis(from));
  }

  @Test
  void periodsOverAQuarter_areRefused() {
    assertThatThrownBy(() -> period("2026-01-01T00:00", "UTC", "YEAR", 1))
        .hasMessageContaining("at most 92 days");
    assertThatThrownBy(() -> period("2026-01-01T00:00", "UTC", "DAY", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A month counts from its first closed bucket on, and begins anew with the next one. */
  @Test
  void window_ofAMonth_beginsAnewWithTheNext() {
    CalendarPeriod month = period("2026-01-01T00:00", "Europe/Berlin", "MONTH", 1);
    List<Window> windows = Window.ofCalendar(30 * 86_400, month);
    Window window = windows.get(windows.size() - 1);
    assertThat(window.label()).isEqualTo("30d");
    WindowedSums sums = new WindowedSums(windows);
    long november = millis("2026-10-31T23:00:00Z");
    long december = millis("2026-11-30T23:00:00Z");

    sums.add(november - 1, 1, 1);
    sums.add(november, 10, 2);
    sums.add(december - 1, 100, 3);
    sums.advance(november);
    assertThat(sums.over(window)).isEqualTo(new Sums(110, 5));
    sums.advance(december - 10_000);
    assertThat(sums.over(window)).isEqualTo(new Sums(110, 5));
    // Late for the month before: it is over.
    sums.add(november - 1, 1_000, 0);
    assertThat(sums.over(window)).isEqualTo(new Sums(110, 5));
    sums.advance(december);
    assertThat(sums.over(window)).isEqualTo(Sums.NONE);
    sums.add(december, 7, 0);
    assertThat(sums.over(window)).isEqualTo(new Sums(7, 0));
    assertThat(sums.over(Window.HOUR)).isEqualTo(new Sums(107, 3));
  }

  /** The longest quarter has 92 days; its first bucket is still there on the last of them. */
  @Test
  void window_ofAQuarter_coversAllOfIt() {
    CalendarPeriod quarter = period("2026-01-01T00:00", "UTC", "QUARTER", 1);
    List<Window> windows = Window.ofCalendar(90 * 86_400, quarter);
    WindowedSums sums = new WindowedSums(windows);
    sums.add(millis("2026-10-01T00:00:00Z"), 5, 1);
    sums.advance(millis("2026-12-31T23:59:50Z"));
    assertThat(sums.over(windows.get(windows.size() - 1))).isEqualTo(new Sums(5, 1));
    sums.advance(millis("2027-01-01T00:00:00Z"));
    assertThat(sums.isEmpty()).isTrue();
  }
}
