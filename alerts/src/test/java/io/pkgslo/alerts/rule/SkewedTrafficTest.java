// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 100 requests per second by day and 1 by night, and ten minutes of outage. The share of the budget
 * that is spent is a ratio of two sums; the mean of the ratios of five minutes, which is Sloth's
 * form, counts an outage by day half and one by night fifty times. All is computed by promtool.
 */
@Execution(ExecutionMode.CONCURRENT)
class SkewedTrafficTest {
  private static final int DAY_PER_MINUTE = 6_000;
  private static final int NIGHT_PER_MINUTE = 60;
  private static final int HALF_DAY = 720;
  private static final int OUTAGE_MINUTES = 10;
  private static final int LAST_MINUTE = 4 * HALF_DAY;
  private static final double BUDGET = 0.01;

  @TempDir Path dir;

  /**
   * @param outageAt first minute without a good answer; noon of the first day, or its midnight
   * @param meanIsWrongBy Sloth's number by the exact one, from the arithmetic: 50.5 / 100 and 50.5
   */
  @ParameterizedTest
  @CsvSource({"360, 0.505", "1080, 50.5"})
  void portableForm_isExactAndTheMeanOfRatiosIsNot(int outageAt, double meanIsWrongBy)
      throws Exception {
    Promtool.assume();
    Slo slo =
        new Slo(
            "skewed",
            "Skewed",
            Slo.Sli.AVAILABILITY,
            "*",
            "*",
            new BigDecimal("0.99"),
            Duration.ofDays(2),
            null,
            List.of(BurnTier.defaultsFor(Duration.ofDays(2)).get(0)),
            null);
    Files.writeString(
        dir.resolve("rules.yaml"),
        RuleFile.of(List.of(slo), RuleOptions.DEFAULT.withForm(Form.PORTABLE)));
    long[] valid = valid();
    long[] bad = bad(outageAt);
    double exact = (double) bad[LAST_MINUTE] / valid[LAST_MINUTE];
    String subject = "{slo=\"skewed\",service=\"s\",version=\"1\",package=\"p\"}";
    String ratio = "rate(slo_bad_events_total[5m]) / rate(slo_valid_events_total[5m])";
    // Bounds on both sides: a stated error of one in a thousand.
    List<Map<String, Object>> expectations =
        List.of(
            within("slo:error_budget_consumed:ratio" + subject, exact / BUDGET),
            within("avg_over_time((" + ratio + ")[2d:5m])", exact * meanIsWrongBy));
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("interval", "1m");
    test.put(
        "input_series",
        List.of(
            Map.of("series", "slo_info{slo=\"skewed\"}", "values", "1x" + LAST_MINUTE),
            Map.of("series", "slo_valid_events_total" + subject, "values", SeriesValues.of(valid)),
            Map.of("series", "slo_bad_events_total" + subject, "values", SeriesValues.of(bad))));
    test.put("promql_expr_test", expectations);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("rule_files", List.of("rules.yaml"));
    file.put("evaluation_interval", "1m");
    file.put("tests", List.of(test));
    new YAMLMapper().writeValue(dir.resolve("test.yaml").toFile(), file);

    Promtool.testRules(dir.resolve("test.yaml"));
  }

  /** Holds when the only value differs from {@code expected} by less than one in a thousand. */
  private static Map<String, Object> within(String expr, double expected) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put(
        "expr",
        "count(abs((%s) / %s - 1) < 0.001)"
            .formatted(expr, new BigDecimal(expected).toPlainString()));
    test.put("eval_time", LAST_MINUTE + "m");
    test.put("exp_samples", List.of(Map.of("labels", "{}", "value", 1)));
    return test;
  }

  private static long[] valid() {
    long[] valid = new long[LAST_MINUTE + 1];
    for (int m = 1; m < valid.length; m++) {
      valid[m] = valid[m - 1] + perMinute(m);
    }
    return valid;
  }

  private static long[] bad(int outageAt) {
    long[] bad = new long[LAST_MINUTE + 1];
    for (int m = 1; m < bad.length; m++) {
      boolean outage = m > outageAt && m <= outageAt + OUTAGE_MINUTES;
      bad[m] = bad[m - 1] + (outage ? perMinute(m) : 0);
    }
    return bad;
  }

  private static int perMinute(int minute) {
    return (minute - 1) / HALF_DAY % 2 == 0 ? DAY_PER_MINUTE : NIGHT_PER_MINUTE;
  }
}
