// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * Exclusions as intervals. Rules are expanded in local time and placed in their zone afterwards, so
 * that 02:00 stays 02:00 when clocks change; a local time that does not exist moves to the first
 * one that does.
 */
public final class ExclusionExpansion {
  /** A set that needs more is refused where it is read. */
  public static final int MOST_INTERVALS = 2_000;

  /** As far back as a period reaches, and a week. */
  private static final Duration BACK = Duration.ofDays(97);

  private static final Duration AHEAD = Duration.ofDays(42);

  /**
   * One interval, half-open.
   *
   * @param who empty when nobody is named
   */
  public record Interval(Instant start, Instant end, String reason, String who) {}

  private ExclusionExpansion() {}

  /**
   * The intervals from before the longest period up to six weeks ahead, sorted and not overlapping.
   * They are the same for all of a week, so that publishing them again changes nothing.
   */
  public static List<Interval> around(Instant now, List<Exclusion> exclusions) {
    Instant week =
        LocalDateTime.ofInstant(now, ZoneOffset.UTC)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .with(LocalTime.MIN)
            .toInstant(ZoneOffset.UTC);
    Instant from = week.minus(BACK);
    Instant to = week.plus(AHEAD);
    List<Interval> all = new ArrayList<>();
    for (Exclusion exclusion : exclusions) {
      if (exclusion instanceof Exclusion.Once once) {
        add(new Interval(once.start(), once.end(), once.reason(), once.who()), from, to, all);
      } else if (exclusion instanceof Exclusion.Recurring recurring) {
        expand(recurring, from, to, all);
      }
    }
    return merged(all);
  }

  private static void add(Interval interval, Instant from, Instant to, List<Interval> all) {
    if (interval.end().isAfter(from) && interval.start().isBefore(to)) {
      all.add(interval);
    }
  }

  /**
   * Why {@code recurring} cannot be expanded; null when it can.
   *
   * <p>A rule without any day that fits, such as 30 February, ends in an exception of the library
   * and not in a loop.
   */
  public static @Nullable String fault(Exclusion.Recurring recurring) {
    try {
      List<Interval> all = new ArrayList<>();
      Instant start = recurring.start().atZone(recurring.zone()).toInstant();
      expand(recurring, start, start.plus(BACK).plus(AHEAD), all);
      return all.size() > MOST_INTERVALS ? "too many intervals" : null;
    } catch (IllegalArgumentException | ArithmeticException | IllegalStateException e) {
      return e.getMessage() == null ? "not a rule" : e.getMessage();
    }
  }

  private static void expand(
      Exclusion.Recurring recurring, Instant from, Instant to, List<Interval> all) {
    LocalDateTime start = recurring.start();
    RecurrenceRuleIterator times = rule(recurring.rule()).iterator(floating(start));
    LocalDateTime first = LocalDateTime.ofInstant(from, recurring.zone()).minus(recurring.length());
    if (first.isAfter(start)) {
      times.fastForward(floating(first));
    }
    String who = recurring.who() == null ? "" : recurring.who();
    for (int i = 0; i <= MOST_INTERVALS && times.hasNext(); i++) {
      Instant begin = local(times.nextDateTime()).atZone(recurring.zone()).toInstant();
      if (!begin.isBefore(to)) {
        return;
      }
      Instant end = begin.plus(recurring.length());
      add(new Interval(begin, end, recurring.reason(), who), from, to, all);
    }
  }

  private static RecurrenceRule rule(String text) {
    try {
      return new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The library counts months from 0. */
  private static DateTime floating(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime local(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }

  /** What overlaps or touches becomes one, with the first one's words. */
  private static List<Interval> merged(List<Interval> all) {
    all.sort(Comparator.comparing(Interval::start).thenComparing(Interval::end));
    List<Interval> merged = new ArrayList<>();
    for (Interval next : all) {
      Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || next.start().isAfter(last.end())) {
        merged.add(next);
      } else if (next.end().isAfter(last.end())) {
        merged.set(
            merged.size() - 1, new Interval(last.start(), next.end(), last.reason(), last.who()));
      }
    }
    return List.copyOf(merged);
  }
}
