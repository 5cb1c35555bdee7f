// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both forms side by side in promtool: the burn rates that pkgslo exports, which native rules read,
 * and those that portable rules add up from the counters, for each window and in each minute.
 */
@Execution(ExecutionMode.CONCURRENT)
class FormsTest {
  private static final int HALF_DAY = 720;
  private static final int LAST_MINUTE = 5 * HALF_DAY;
  private static final BigDecimal TARGET = new BigDecimal("0.99");
  private static final Duration PERIOD = Duration.ofDays(7);
  private static final String SUBJECT = "slo=\"forms\",service=\"s\",version=\"1\",package=\"p\"";

  /** 5m, 30m, 1h, 2h, 6h, 1d, 3d. */
  private static final int WINDOWS = 7;

  @TempDir Path dir;

  @Test
  void evenTraffic_givesTheSameNumbersInEveryMinute() throws Exception {
    Promtool.assume();

    judge(
        m -> 600,
        m -> 3,
        Map.of("differs", "slo:burn_rate:ratio != slo_burn_rate"),
        List.of(nowhere("differs")));
  }

  /**
   * With 100 requests per second by day and one by night, an outage of ten minutes by day, and one
   * by night. Where windows end together, each quarter of an hour, the numbers are the same; in
   * between the portable one is one that the exact one had within the last quarter of an hour.
   *
   * @param outageAt minute of the first day, or night
   */
  @ParameterizedTest
  @ValueSource(ints = {365, 1087})
  void skewedTraffic_isWhatItWasAtMostAQuarterOfAnHourAgo(int outageAt) throws Exception {
    Promtool.assume();
    IntUnaryOperator valid = m -> (m - 1) / HALF_DAY % 2 == 0 ? 6_000 : 60;
    Map<String, String> checks =
        Map.of(
            "above", "slo:burn_rate:ratio > max_over_time(slo_burn_rate[16m])",
            "below", "slo:burn_rate:ratio < min_over_time(slo_burn_rate[16m])");
    List<Map<String, Object>> expectations =
        new ArrayList<>(List.of(nowhere("above"), nowhere("below")));
    for (int minute = 15; minute <= LAST_MINUTE; minute += 15) {
      expectations.add(at(minute, "slo:burn_rate:ratio != slo_burn_rate", 0));
    }

    judge(
        valid,
        m -> m > outageAt && m <= outageAt + 10 ? valid.applyAsInt(m) : 0,
        checks,
        expectations);
  }

  private void judge(
      IntUnaryOperator valid,
      IntUnaryOperator bad,
      Map<String, String> checks,
      List<Map<String, Object>> expectations)
      throws IOException, InterruptedException {
    Slo slo =
        new Slo(
            "forms",
            "Forms",
            Slo.Sli.AVAILABILITY,
            "*",
            "*",
            TARGET,
            PERIOD,
            null,
            BurnTier.defaultsFor(PERIOD),
            null);
    Files.writeString(
        dir.resolve("rules.yaml"),
        RuleFile.of(List.of(slo), RuleOptions.DEFAULT.withForm(Form.PORTABLE)));
    List<Map<String, String>> records = new ArrayList<>();
    checks.forEach((name, expr) -> records.add(Map.of("record", name, "expr", expr)));
    records.add(Map.of("record", "windows", "expr", "count(slo:burn_rate:ratio)"));
    new YAMLMapper()
        .writeValue(
            dir.resolve("checks.yaml").toFile(),
            Map.of("groups", List.of(Map.of("name", "checks", "rules", records))));
    long[] validSoFar = soFar(valid);
    long[] badSoFar = soFar(bad);
    List<Map<String, String>> input = new ArrayList<>();
    input.add(Map.of("series", "slo_info{slo=\"forms\"}", "values", "1x" + LAST_MINUTE));
    input.add(series("slo_valid_events_total{" + SUBJECT + "}", SeriesValues.of(validSoFar)));
    input.add(series("slo_bad_events_total{" + SUBJECT + "}", SeriesValues.of(badSoFar)));
    for (Duration window : BurnAlerts.windows(slo)) {
      input.add(
          series(
              "slo_burn_rate{" + SUBJECT + ",window=\"" + WindowLabel.of(window) + "\"}",
              SeriesValues.of(exact(badSoFar, validSoFar, window))));
    }
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("interval", "1m");
    test.put("input_series", input);
    List<Map<String, Object>> all = new ArrayList<>(expectations);
    // Without numbers nothing would differ.
    all.add(at(LAST_MINUTE, "min_over_time(windows[" + (LAST_MINUTE - 16) + "m])", WINDOWS));
    test.put("promql_expr_test", all);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("rule_files", List.of("rules.yaml", "checks.yaml"));
    file.put("evaluation_interval", "1m");
    file.put("tests", List.of(test));
    new YAMLMapper().writeValue(dir.resolve("test.yaml").toFile(), file);

    Promtool.testRules(dir.resolve("test.yaml"));
  }

  /** By the definition: bad by valid of the window by what the target allows. */
  private static Double[] exact(long[] bad, long[] valid, Duration window) {
    Double[] burn = new Double[LAST_MINUTE + 1];
    for (int m = 1; m <= LAST_MINUTE; m++) {
      int start = Math.max(0, m - (int) window.toMinutes());
      double share = (double) (bad[m] - bad[start]) / (valid[m] - valid[start]);
      burn[m] = share / BigDecimal.ONE.subtract(TARGET).doubleValue();
    }
    return burn;
  }

  private static long[] soFar(IntUnaryOperator perMinute) {
    long[] sums = new long[LAST_MINUTE + 1];
    for (int m = 1; m < sums.length; m++) {
      sums[m] = sums[m - 1] + perMinute.applyAsInt(m);
    }
    return sums;
  }

  private static Map<String, String> series(String series, String values) {
    return Map.of("series", series, "values", values);
  }

  /** Holds when nothing was recorded in any minute. */
  private static Map<String, Object> nowhere(String record) {
    return at(LAST_MINUTE, "count_over_time(" + record + "[" + LAST_MINUTE + "m])", 0);
  }

  /** Holds when {@code expr} has this value; 0 stands for none. */
  private static Map<String, Object> at(int minute, String expr, int value) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("expr", expr);
    test.put("eval_time", minute + "m");
    test.put(
        "exp_samples", value == 0 ? List.of() : List.of(Map.of("labels", "{}", "value", value)));
    return test;
  }
}
