// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A scenario for one subject of an objective, and the series that Prometheus gets of it. */
final class PlayedScenario {
  static final String NEWEST_VERSION = "v2";

  private static final int SECONDS_PER_MINUTE = 60;

  private final Slo slo;
  private final boolean asked;
  private final SloSeries series;
  private final Scenario scenario;
  private final Traffic traffic;
  private final boolean[] shown;
  private final Map<String, String> subject = new LinkedHashMap<>();

  PlayedScenario(Slo slo, Form form, Scenario scenario) {
    this.slo = slo;
    this.asked = !slo.isCounted();
    this.series = new SloSeries(slo, form);
    this.scenario = scenario;
    this.traffic = new Traffic(slo, slo.isCounted() && form == Form.PORTABLE, scenario.phases());
    this.shown = new boolean[traffic.lastMinute() + 1];
    for (int check : scenario.checks()) {
      Arrays.fill(shown, Math.max(0, check - leadMinutes(slo)), check + 1, true);
    }
    subject.put("slo", slo.id());
    if (slo.isCounted()) {
      subject.put("service", example(slo.service()));
      subject.put("version", NEWEST_VERSION);
      subject.put("package", example(slo.goPackage()));
      slo.labelNames().forEach(label -> subject.put(label, "any"));
    }
  }

  Scenario scenario() {
    return scenario;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Labels of the objective's series. */
  Map<String, String> subject() {
    return subject;
  }

  /**
   * Whether the ratios of a minute are there. A rule reads one minute's, so those long before a
   * check are left out of its test; what portable rules make from counters is there all the time.
   */
  boolean isShown(int minute) {
    return countersOnly() || shown[minute];
  }

  /** Series by selector, with their values. */
  Map<String, String> input() {
    Map<String, String> input = new LinkedHashMap<>();
    int last = traffic.lastMinute();
    input.put(
        "pkgslo_heartbeat_seconds{stage=\"analyzer\"}",
        scenario.pipelineTurns()
            ? "0+" + SECONDS_PER_MINUTE + "x" + last
            : SeriesValues.constant(0, last));
    if (asked) {
      // Nobody knows the series behind somebody's queries, so their ratios are given.
      putRatios(input);
      return input;
    }
    input.put("slo_info{slo=\"" + slo.id() + "\"}", SeriesValues.constant(1, last));
    input.put(
        "rollout_newest_timestamp_seconds" + selector(List.of("service", "version")),
        SeriesValues.constant(0, last));
    input.put(all("slo_valid_events_total"), SeriesValues.of(traffic.valid()));
    input.put(all("slo_bad_events_total"), SeriesValues.of(traffic.bad()));
    input.put(all("slo_no_data"), SeriesValues.of(everyMinute(m -> traffic.noData(m) ? 1.0 : 0.0)));
    if (!countersOnly()) {
      putRatios(input);
    }
    return input;
  }

  private boolean countersOnly() {
    return !asked && series.isRecorded();
  }

  private void putRatios(Map<String, String> input) {
    for (Duration window : BurnAlerts.windows(slo)) {
      String selector = all(series.burnRateName());
      String withWindow =
          selector.substring(0, selector.length() - 1)
              + ",window=\""
              + WindowLabel.of(window)
              + "\"}";
      putGauge(input, withWindow, m -> traffic.burnRate(m, window));
    }
    putGauge(input, all(series.consumedName()), traffic::consumed);
    putGauge(input, all(series.remainingName()), traffic::remaining);
    putGauge(input, all(series.timeLeftName()), traffic::timeLeft);
    if (asked && slo.alerting().noData() != null) {
      putGauge(input, all(QueryRecords.PRESENT), m -> hasRatio(m) ? 1.0 : null);
      if (slo.alerting().noData().eachPart()) {
        putGauge(input, all(QueryRecords.PART_PRESENT), m -> hasRatio(m) ? 1.0 : null);
      }
    }
  }

  /** Whether anything can be said of a minute. */
  boolean hasRatio(int minute) {
    return isShown(minute)
        && BurnAlerts.windows(slo).stream().anyMatch(w -> traffic.burnRate(minute, w) != null);
  }

  private void putGauge(
      Map<String, String> input, String selector, IntFunction<@Nullable Double> value) {
    @Nullable Double[] values = everyMinute(m -> isShown(m) ? value.apply(m) : null);
    if (Arrays.stream(values).allMatch(v -> v == null)) {
      return;
    }
    for (int m = values.length - 1; m > 0; m--) {
      if (values[m] == null && values[m - 1] != null) {
        values[m] = SeriesValues.STALE;
      }
    }
    input.put(selector, SeriesValues.of(values));
  }

  private @Nullable Double[] everyMinute(IntFunction<@Nullable Double> value) {
    @Nullable Double[] values = new Double[traffic.lastMinute() + 1];
    for (int m = 0; m < values.length; m++) {
      values[m] = value.apply(m);
    }
    return values;
  }

  private String all(String series) {
    return series + selector(List.copyOf(subject.keySet()));
  }

  private String selector(List<String> labels) {
    List<String> matchers = new ArrayList<>();
    labels.forEach(label -> matchers.add(label + "=\"" + subject.get(label) + "\""));
    return "{" + String.join(",", matchers) + "}";
  }

  /** Long enough for what must hold for a while. */
  private static int leadMinutes(Slo slo) {
    long longest =
        slo.tiers().stream().mapToLong(tier -> tier.holdFor().toMinutes()).max().orElse(0);
    return (int) longest + 3;
  }

  /** A name that a glob matches, without anything that would need an escape. */
  private static String example(String glob) {
    return glob.replace("*", "any").replaceAll("[^A-Za-z0-9/._()-]", "x");
  }
}
