// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.ExclusionExpansion.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusionExpansionTest {
  private static final Instant NOW = Instant.parse("2026-03-25T12:00:00Z");

  /** In Berlin, clocks go from 02:00 to 03:00 on 29 March 2026: 04:00 is 03:00Z, then 02:00Z. */
  @Test
  void localTime_staysWhenClocksChange() {
    List<Interval> intervals = around(NOW, weekly("FREQ=WEEKLY;BYDAY=SU", 4, "why"));

    assertThat(intervals)
        .extracting(Interval::start)
        .contains(Instant.parse("2026-03-22T03:00:00Z"), Instant.parse("2026-03-29T02:00:00Z"));
    assertThat(intervals)
        .allSatisfy(
            i -> assertThat(Duration.between(i.start(), i.end())).isEqualTo(Duration.ofHours(2)));
  }

  @Test
  void timeThatDoesNotExist_movesToTheFirstThatDoes() {
    assertThat(around(NOW, weekly("FREQ=WEEKLY;BYDAY=SU", 2, "why")))
        .extracting(Interval::start)
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
  }

  @Test
  void intervals_reachFromBeforeTheLongestPeriodToWeeksAhead() {
    Instant later = NOW.plus(Duration.ofDays(100));
    List<Interval> intervals = around(later, weekly("FREQ=DAILY", 4, "why"));

    assertThat(intervals.get(0).start()).isBefore(later.minus(Duration.ofDays(90)));
    assertThat(intervals.get(intervals.size() - 1).end())
        .isAfter(later.plus(Duration.ofDays(35)));
  }

  @Test
  void intervals_areTheSameForAWeek() {
    Exclusion daily = weekly("FREQ=DAILY", 4, "why");

    assertThat(around(NOW, daily)).isEqualTo(around(NOW.plus(Duration.ofDays(4)), daily));
    assertThat(around(NOW, daily)).isNotEqualTo(around(NOW.plus(Duration.ofDays(7)), daily));
  }

  @Test
  void overlappingIntervals_becomeOne() {
    Instant start = Instant.parse("2026-03-01T10:00:00Z");
    Exclusion first = new Exclusion.Once(start, start.plusSeconds(600), "a", "ana");
    Exclusion second =
        new Exclusion.Once(start.plusSeconds(300), start.plusSeconds(900), "b", "ben");
    Exclusion inner = new Exclusion.Once(start.plusSeconds(10), start.plusSeconds(20), "c", "cy");

    assertThat(around(NOW, second, first, inner))
        .containsExactly(new Interval(start, start.plusSeconds(900), "a", "ana"));
  }

  @Test
  void ruleWithAnEnd_ends() {
    assertThat(around(NOW, weekly("FREQ=DAILY;COUNT=3", 4, "why")))
        .extracting(Interval::start)
        .containsExactly(
            Instant.parse("2026-01-04T03:00:00Z"),
            Instant.parse("2026-01-05T03:00:00Z"),
            Instant.parse("2026-01-06T03:00:00Z"));
  }

  @Test
  void ruleThatNeverFits_isAFault() {
    Exclusion.Recurring never = weekly("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 4, "why");

    assertThat(ExclusionExpansion.fault(never)).isNotNull();
    assertThat(ExclusionExpansion.fault(weekly("FREQ=DAILY", 4, "why"))).isNull();
  }

  private static List<Interval> around(Instant now, Exclusion... exclusions) {
    return ExclusionExpansion.around(now, List.of(exclusions));
  }

  private static Exclusion.Recurring weekly(String rule, int hour, String why) {
    return new Exclusion.Recurring(
        LocalDateTime.of(2026, 1, 4, hour, 0),
        ZoneId.of("Europe/Berlin"),
        rule,
        Duration.ofHours(2),
        why,
        null);
  }
}
