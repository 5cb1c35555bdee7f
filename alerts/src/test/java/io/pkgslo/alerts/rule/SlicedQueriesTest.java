// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time slices of other metrics than ours: an hour with 60 requests per minute, of which half fail
 * from minute 10 to 20. The target is 90 %, so the budget is a tenth of all slices.
 */
class SlicedQueriesTest {
  private static final String TOTAL = "sum(increase(requests_total[{{.window}}]))";
  private static final String FAILED = "sum(increase(failed_total[{{.window}}]))";

  @TempDir Path dir;

  /** Two of twelve slices are bad: 1/6 of them, by a tenth. */
  @Test
  void badSlices_areCounted() throws Exception {
    judge(
        new Budgeting.Timeslices(Duration.ofMinutes(5), new BigDecimal("0.95")),
        "round(slo:burn_rate:ratio{window=\"1h\"} * 6, 0.000001)",
        10);
  }

  /** Half of the events of a slice are failures, which is good enough for a lax one. */
  @Test
  void slicesThatReachTheirTarget_areGood() throws Exception {
    judge(
        new Budgeting.Timeslices(Duration.ofMinutes(5), new BigDecimal("0.4")),
        "sum(slo:bad_events:period) + count(slo:burn_rate:ratio{window=\"1h\"})",
        1);
  }

  /** Two slices of twelve are half bad: 1/12, by a tenth. */
  @Test
  void sharesOfSlices_areAveraged() throws Exception {
    judge(
        new Budgeting.RatioTimeslices(Duration.ofMinutes(5)),
        "round(slo:error_budget_consumed:ratio * 12, 0.000001)",
        10);
  }

  /** Of an hour that has one slice of 20 minutes which is bad; a third, by a tenth. */
  @Test
  void longSlices_areWhole() throws Exception {
    judge(
        new Budgeting.Timeslices(Duration.ofMinutes(20), new BigDecimal("0.95")),
        "round(slo:error_budget_consumed:ratio * 3, 0.000001)",
        10);
  }

  private void judge(Budgeting budgeting, String expr, double value) throws Exception {
    Promtool.assume();
    Duration period = Duration.ofDays(7);
    Slo slo =
        new Slo(
            "sliced",
            "Sliced",
            new PrometheusQueries.Ratio(FAILED, true, TOTAL, true),
            new BigDecimal("0.9"),
            period,
            null,
            budgeting,
            Alerting.of(BurnTier.defaultsFor(period)),
            List.of(),
            new Notes("shop", null, null, null, Map.of(), Map.of()));
    Path rules = dir.resolve("rules.yaml");
    Files.writeString(rules, RuleFile.of(List.of(slo)));
    Map<String, Object> test =
        Map.of(
            "interval",
            "1m",
            "input_series",
            List.of(
                Map.of("series", "requests_total", "values", "0+60x60"),
                Map.of("series", "failed_total", "values", "0x10 30+30x9 300x40")),
            "promql_expr_test",
            List.of(
                Map.of(
                    "expr",
                    "sum(" + expr + ")",
                    "eval_time",
                    "60m",
                    "exp_samples",
                    List.of(Map.of("labels", "{}", "value", value)))));
    Path file = dir.resolve("test.yaml");
    new YAMLMapper()
        .writeValue(
            file.toFile(),
            Map.of(
                "rule_files",
                List.of("rules.yaml"),
                "evaluation_interval",
                "1m",
                "tests",
                List.of(test)));

    Promtool.checkRules(rules);
    Promtool.testRules(file);
    Path generated = dir.resolve("generated.yaml");
    Files.writeString(generated, RuleTests.of(slo, RuleOptions.DEFAULT, "rules.yaml"));
    Promtool.testRules(generated);
  }
}
