// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The budget of an objective over its whole period, from recorded increases. */
final class PeriodSums {
  private static final int YEARS = 3;
  private static final int MOST_STARTS = 400;

  private final Slo slo;
  private final Duration width;
  private final Year since;

  /**
   * @param width what one recorded increase covers
   * @param since the year from which on the starts of calendar periods are listed
   */
  PeriodSums(Slo slo, Duration width, Year since) {
    this.slo = slo;
    this.width = width;
    this.since = since;
  }

  /** In the order in which they must be evaluated, behind the increases and the burn rates. */
  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    if (slo.calendar() != null) {
      rules.add(record("slo:period_start:seconds", starts(slo.calendar())));
    }
    String bad = "slo:bad_events:period" + selector();
    String valid = "slo:valid_events:period" + selector();
    rules.add(record("slo:valid_events:period", sum("valid")));
    rules.add(record("slo:bad_events:period", sum("bad")));
    rules.add(record("slo:error_budget_consumed:ratio", share(slo, bad, valid)));
    rules.add(
        record(
            "slo:error_budget_remaining:ratio",
            "1 - slo:error_budget_consumed:ratio" + selector()));
    rules.add(
        record(
            "slo:time_to_exhaustion:seconds",
            "(clamp_min(slo:error_budget_remaining:ratio"
                + selector()
                + ", 0) * "
                + slo.period().toSeconds()
                + " / ignoring (window) slo:burn_rate:ratio{slo=\""
                + slo.id()
                + "\",window=\"1h\"}) < +Inf"));
    return rules;
  }

  /** Bad by valid by what the target allows; without a valid event, bad ones are all there are. */
  static String share(Slo slo, String bad, String valid) {
    BigDecimal budget = BigDecimal.ONE.subtract(slo.target());
    return "("
        + bad
        + "\n  / ("
        + valid
        + " > 0 or "
        + bad
        + ")\n  / "
        + budget.stripTrailingZeros().toPlainString()
        + ") < +Inf";
  }

  private String sum(String events) {
    String increase = "slo:" + events + "_events:increase" + PromDuration.of(width) + selector();
    CalendarWindow calendar = slo.calendar();
    String every = ":" + PromDuration.of(width) + "])";
    if (calendar == null) {
      return "sum_over_time("
          + increase
          + "["
          + PromDuration.of(slo.period().minusSeconds(1))
          + every;
    }
    // Inside of the range time() is that of each step; @ end() is the time of the evaluation.
    return "sum_over_time(("
        + increase
        + "\n  and on (slo) (slo:period_start:seconds"
        + selector()
        + " @ end() < time()))["
        + PromDuration.of(longest(calendar))
        + every;
  }

  private static Duration longest(CalendarWindow calendar) {
    int days =
        switch (calendar.unit()) {
          case DAY -> 1;
          case WEEK -> 7;
          case MONTH -> 31;
          case QUARTER -> 92;
          case YEAR -> 366;
        };
    // A day has 25 hours once a year.
    return Duration.ofDays((long) days * calendar.count()).plusHours(1);
  }

  /** The latest of the listed starts that has passed; 0 before all of them. */
  private String starts(CalendarWindow calendar) {
    Instant from = since.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = since.plusYears(YEARS).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Long> starts = new ArrayList<>();
    long before = calendar.start().atZone(calendar.zone()).toEpochSecond();
    for (int i = 0; starts.size() < MOST_STARTS; i++) {
      Instant start = start(calendar, i).toInstant();
      if (!start.isBefore(to)) {
        break;
      }
      if (start.isBefore(from)) {
        before = start.getEpochSecond();
      } else {
        starts.add(0, start.getEpochSecond());
      }
    }
    starts.add(before);
    StringBuilder expr = new StringBuilder();
    starts.forEach(start -> expr.append("vector(").append(start).append(") <= time()\n  or "));
    return expr.append("vector(0)").toString();
  }

  private static ZonedDateTime start(CalendarWindow calendar, long index) {
    long count = index * calendar.count();
    LocalDateTime start =
        switch (calendar.unit()) {
          case DAY -> calendar.start().plusDays(count);
          case WEEK -> calendar.start().plusWeeks(count);
          case MONTH -> calendar.start().plusMonths(count);
          case QUARTER -> calendar.start().plusMonths(3 * count);
          case YEAR -> calendar.start().plusYears(count);
        };
    return start.atZone(calendar.zone());
  }

  private RecordRule record(String name, String expr) {
    // promtool takes rules of two objectives for duplicates without it.
    return new RecordRule(name, expr, Map.of("slo", slo.id()));
  }

  private String selector() {
    return "{slo=\"" + slo.id() + "\"}";
  }
}
