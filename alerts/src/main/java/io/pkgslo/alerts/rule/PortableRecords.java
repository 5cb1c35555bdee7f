// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.time.Duration;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Windows and budgets from the exported counters, by Prometheus alone. Each minute records what the
 * counters have grown by; a window is the sum of what its minutes recorded, and a ratio is taken of
 * two sums, so each event has the same weight whatever the traffic. What grew while nothing was
 * scraped or evaluated stands in the minute after.
 */
final class PortableRecords {
  /** Between evaluations of a group, and what one recorded increase covers. */
  static final Duration STEP = Duration.ofMinutes(1);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** How long a series may be away and is still known. */
  private static final String MEMORY = "1h";

  private final Slo slo;
  private final Year since;

  PortableRecords(Slo slo, Year since) {
    this.slo = slo;
    this.since = since;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String events : new String[] {"valid", "bad"}) {
      rules.add(record(increaseName(events, STEP), increase(events)));
      for (Duration width : widths()) {
        rules.add(
            record(
                increaseName(events, width),
                "sum_over_time(" + increaseOf(events, STEP) + "[" + range(width, STEP) + "])"));
      }
    }
    for (Duration window : BurnAlerts.windows(slo)) {
      rules.add(
          new RecordRule("slo:burn_rate:ratio", burnRate(window), SloLabels.window(slo, window)));
    }
    rules.addAll(new PeriodSums(slo, width(slo.period()), since).rules());
    return rules;
  }

  /**
   * How wide the summands of a window are: as wide as the buckets that pkgslo itself keeps for it,
   * but no less than a step, and so that they divide it.
   */
  static Duration width(Duration window) {
    for (Duration width : new Duration[] {Duration.ofMinutes(15), Duration.ofMinutes(5)}) {
      Duration above = width.toMinutes() == 15 ? Duration.ofDays(3) : Duration.ofHours(6);
      if (window.compareTo(above) > 0 && window.toSeconds() % width.toSeconds() == 0) {
        return width;
      }
    }
    return STEP;
  }

  private SortedSet<Duration> widths() {
    SortedSet<Duration> widths = new TreeSet<>();
    BurnAlerts.windows(slo).forEach(window -> widths.add(width(window)));
    widths.add(width(slo.period()));
    widths.remove(STEP);
    return widths;
  }

  private RecordRule record(String name, String expr) {
    return new RecordRule(name, expr, Map.of("slo", slo.id()));
  }

  /**
   * What a counter has grown by since the evaluation before. A counter that steps back, or was not
   * there before while the objective was, has grown by all that it is.
   */
  private String increase(String events) {
    String by = "max by (" + SloSeries.bySubject(slo) + ") ";
    String counter = "slo_" + events + "_events_total" + selector();
    return "("
        + by
        + "("
        + counter
        + ")\n  - "
        + by
        + "(last_over_time("
        + counter
        + "["
        + MEMORY
        + "] offset "
        + PromDuration.of(STEP)
        + "))) >= 0\nor "
        + by
        + "("
        + counter
        + ") < +Inf\n  and on (slo) last_over_time(slo_info"
        + selector()
        + "["
        + MEMORY
        + "] offset "
        + PromDuration.of(STEP)
        + ")";
  }

  private String burnRate(Duration window) {
    String bad = sum("bad", window);
    String valid = sum("valid", window);
    String enough = "";
    if (slo.alerting().minBad() > 0) {
      enough += "\n  and " + bad + " >= " + slo.alerting().minBad();
    }
    if (slo.alerting().minValid() > 0) {
      enough += "\n  and " + valid + " >= " + slo.alerting().minValid();
    }
    return PeriodSums.share(slo, bad, valid) + enough;
  }

  private String sum(String events, Duration window) {
    Duration width = width(window);
    String range = range(window, width);
    // A minute's recordings are all of a window's; of wider ones those at the bounds of the width.
    String every = width.equals(STEP) ? "" : ":" + PromDuration.of(width);
    return "sum_over_time(" + increaseOf(events, width) + "[" + range + every + "])";
  }

  /**
   * A little less than the window, which has both bounds in Prometheus 2 and one in Prometheus 3.
   * Recordings stand a step apart as seen from an evaluation, so half a step keeps away from both
   * bounds. Wider summands stand at bounds of their width, anywhere as seen from it: there a second
   * less leaves as many of them as the window has, at whatever minute.
   */
  private static String range(Duration window, Duration width) {
    return PromDuration.of(window.minus(width.equals(STEP) ? STEP.dividedBy(2) : SECOND));
  }

  private String increaseOf(String events, Duration width) {
    return increaseName(events, width) + selector();
  }

  private static String increaseName(String events, Duration width) {
    return "slo:" + events + "_events:increase" + PromDuration.of(width);
  }

  private String selector() {
    return "{slo=\"" + slo.id() + "\"}";
  }
}
