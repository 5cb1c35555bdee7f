// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.promql.Promql;
import java.time.Duration;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows and budgets of an objective over other metrics than ours. The windows of burn rates ask
 * the queries themselves, each over its whole range, so their ratios are of sums. The period, which
 * is longer than a range that Prometheus reads gladly, is the sum of what every five minutes gave.
 */
final class QueryRecords {
  /** There while what is asked has samples; only where the objective alerts when it has none. */
  static final String PRESENT = "slo:source:present";

  /** Likewise while the bad, or the good, events by themselves have samples. */
  static final String PART_PRESENT = "slo:source_part:present";

  private static final Duration STEP = Duration.ofMinutes(5);
  private static final String RESOLUTION = ":1m]";

  private final Slo slo;
  private final PrometheusQueries queries;
  private final Year since;
  private final @Nullable QuerySlices slices;

  QueryRecords(Slo slo, PrometheusQueries queries, Year since) {
    this.slo = slo;
    this.queries = queries;
    this.since = since;
    this.slices = QuerySlices.of(slo);
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    Duration width = STEP;
    if (slices != null) {
      rules.add(slices.rule(badShare(slices.slice())));
      width = slices.width(STEP);
    }
    rules.add(increase("valid", width, valid(width)));
    rules.add(increase("bad", width, bad(width)));
    for (Duration window : BurnAlerts.windows(slo)) {
      rules.add(
          new RecordRule(
              "slo:burn_rate:ratio",
              PeriodSums.share(slo, bad(window), valid(window)),
              SloLabels.window(slo, window)));
    }
    rules.addAll(new PeriodSums(slo, width, since).rules());
    NoDataAlert noData = slo.alerting().noData();
    if (noData != null) {
      rules.add(present(PRESENT, sample()));
    }
    if (noData != null && noData.eachPart() && queries instanceof PrometheusQueries.Ratio ratio) {
      String part = Promql.selectorOverWindow(ratio.part());
      rules.add(
          present(PART_PRESENT, part == null ? ask(ratio.part(), ratio.counter(), STEP) : part));
    }
    return rules;
  }

  private Rule present(String name, String sample) {
    return new RecordRule(name, "count(" + sample + "\n) > bool 0", Map.of("slo", slo.id()));
  }

  /** What has no value as soon as Prometheus has no samples, or soon after. */
  private String sample() {
    String query = null;
    if (queries instanceof PrometheusQueries.Ratio ratio) {
      query = Promql.selectorOverWindow(ratio.total());
    } else if (queries instanceof PrometheusQueries.Raw raw) {
      query = isTemplate(raw.query()) ? Promql.selectorOverWindow(raw.query()) : raw.query();
    } else if (queries instanceof PrometheusQueries.Threshold threshold) {
      query = threshold.query();
    }
    return query == null ? validEvents(STEP) : query;
  }

  private Rule increase(String events, Duration width, String expr) {
    return new RecordRule(
        "slo:" + events + "_events:increase" + PromDuration.of(width),
        expr,
        Map.of("slo", slo.id()));
  }

  /** In a unit of its own, the same as that of the bad ones. */
  private String valid(Duration window) {
    return slices == null ? validEvents(window) : slices.valid(window);
  }

  private String validEvents(Duration window) {
    if (queries instanceof PrometheusQueries.Ratio ratio) {
      return ask(ratio.total(), ratio.counter(), window);
    }
    return "(0 * " + share(window) + " + 1)";
  }

  private String bad(Duration window) {
    return slices == null ? badEvents(window) : slices.bad(window);
  }

  /** Of a slice, where there are events at all. */
  private String badShare(Duration window) {
    return queries instanceof PrometheusQueries.Ratio
        ? badEvents(window) + "\n  / (" + validEvents(window) + " > 0)"
        : share(window);
  }

  private String badEvents(Duration window) {
    if (queries instanceof PrometheusQueries.Ratio ratio) {
      String part = ask(ratio.part(), ratio.counter(), window);
      String total = ask(ratio.total(), ratio.counter(), window);
      // A counter of errors that nobody has made yet is often not there.
      return ratio.partIsBad()
          ? "(" + part + " or 0 * " + total + ")"
          : "(" + total + " - (" + part + " or 0 * " + total + "))";
    }
    return share(window);
  }

  /** The share of bad time, where a query gives no events. */
  private String share(Duration window) {
    String range = "[" + PromDuration.of(window) + RESOLUTION;
    if (queries instanceof PrometheusQueries.Raw raw) {
      String value =
          isTemplate(raw.query())
              ? "(" + filled(raw.query(), window) + ")"
              : "avg_over_time((" + raw.query() + ")" + range + ")";
      return raw.isErrorRatio() ? value : "(1 - " + value + ")";
    }
    if (queries instanceof PrometheusQueries.Threshold threshold) {
      // A value that is no number is no time.
      return "(1 - avg_over_time(((("
          + threshold.query()
          + ") <= +Inf) "
          + threshold.op().promql()
          + " bool "
          + threshold.value().toPlainString()
          + ")"
          + range
          + "))";
    }
    throw new IllegalStateException("a ratio has events");
  }

  /** What a query gives over a window; of a counter its increase, of anything else its sum. */
  private static String ask(String query, boolean counter, Duration window) {
    String range = PromDuration.of(window);
    if (isTemplate(query)) {
      return "(" + filled(query, window) + ")";
    }
    if (!counter) {
      return "sum_over_time((" + query + ")[" + range + RESOLUTION + ")";
    }
    return query.contains("(")
        ? "increase((" + query + ")[" + range + RESOLUTION + ")"
        : "sum(increase(" + query + "[" + range + "]))";
  }

  private static boolean isTemplate(String query) {
    return query.contains(PrometheusQueries.WINDOW_PLACEHOLDER);
  }

  private static String filled(String query, Duration window) {
    return query.replace(PrometheusQueries.WINDOW_PLACEHOLDER, PromDuration.of(window)).strip();
  }
}
