// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.foreign.ForeignFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is imported fires when the rules of the tool that it comes from fire, for the same series:
 * in each minute of a day and a half of traffic, give or take one evaluation. Both sets of rules
 * are evaluated beside each other by promtool. The specifications have the forms of the examples in
 * Sloth's and Pyrra's documentation.
 */
@Execution(ExecutionMode.CONCURRENT)
class ImportedRulesTest {
  private static final int LAST_MINUTE = 16 * 60;
  private static final String ALL = "[" + LAST_MINUTE + "m])";
  private static final String OURS = "SloErrorBudgetBurn";

  /** Requests: quiet, a slow burn, silence, an outage, recovery; then the target is gone. */
  private static final String GOOD =
      "0+600x119 72000+597x299 251100+0x59 251100+0x39 251100+600x339 stale";

  /** A counter of errors that appears with its first one. */
  private static final String BAD = "_x120 3+3x299 900+0x59 900+600x39 24300+0x339 stale";

  /**
   * @param theirs the alert of burn rates; that of absent metrics is SLOMetricAbsent
   * @param by labels that tell series apart, besides severity
   * @param facts their rules as they are written down
   * @param series selector and values
   */
  record Example(
      String name,
      String spec,
      String theirs,
      String by,
      String facts,
      Map<String, String> series) {
    /** Pyrra tells of absent metrics, but for native histograms. */
    boolean tellsAbsence() {
      return spec.contains("pyrra.dev/") && !isNative();
    }

    boolean isNative() {
      return spec.contains("latencyNative");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir Path dir;

  static Stream<Example> examples() {
    return Stream.of(
        slothEvents(),
        slothResource(),
        slothRaw(),
        pyrraRatio(),
        pyrraTwoMetrics(),
        pyrraLatency(),
        pyrraNative(),
        pyrraGauge());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void importedRules_fireWhenThoseOfTheFactsDo(Example example) throws Exception {
    Promtool.assume();
    assumeTrue(!example.isNative() || Promtool.hasNativeHistograms(), "this promtool is too old");
    judge(example, example.facts());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void importedRules_fireWhenThoseOfTheToolDo(Example example) throws Exception {
    Promtool.assume();
    assumeTrue(!example.isNative() || Promtool.hasNativeHistograms(), "this promtool is too old");
    assumeTrue(ForeignRules.hasTool(example.spec()), "-Dpkgslo.sloth or -Dpkgslo.pyrra names none");
    judge(example, ForeignRules.generated(example.spec(), dir));
  }

  private void judge(Example example, String theirs) throws IOException, InterruptedException {
    Files.writeString(dir.resolve("theirs.yaml"), theirs);
    Files.writeString(dir.resolve("ours.yaml"), RuleFile.of(imported(example.spec()).slos()));
    Promtool.checkRules(dir.resolve("ours.yaml"));
    String by = example.by().isEmpty() ? "severity" : "severity, " + example.by();
    List<Map<String, String>> checks = new ArrayList<>();
    checks.add(record("fired", firing(by, OURS, 2)));
    checks.add(record("only_ours", only(by, OURS, example.theirs())));
    checks.add(record("only_theirs", only(by, example.theirs(), OURS)));
    if (example.tellsAbsence()) {
      checks.add(record("only_ours", only("severity", "SloNoData", "SLOMetricAbsent")));
      checks.add(record("only_theirs", only("severity", "SLOMetricAbsent", "SloNoData")));
      checks.add(record("absent", firing("severity", "SloNoData", 2)));
    }
    YAMLMapper yaml = new YAMLMapper();
    yaml.writeValue(
        dir.resolve("checks.yaml").toFile(),
        Map.of("groups", List.of(Map.of("name", "checks", "rules", checks))));
    Map<String, Object> test = new LinkedHashMap<>();
    // promtool takes a histogram for a dozen samples, and no query may read more than 10,000.
    test.put("interval", example.isNative() ? "2m" : "1m");
    test.put(
        "input_series",
        example.series().entrySet().stream()
            .map(entry -> Map.of("series", entry.getKey(), "values", entry.getValue()))
            .toList());
    test.put(
        "promql_expr_test",
        List.of(
            value("count_over_time(only_ours" + ALL, 0),
            value("count_over_time(only_theirs" + ALL, 0),
            // Both severities fire at some time, and for absence where its metric ends.
            value("count(count by (severity) (count_over_time(fired" + ALL + "))", 2),
            value("count(count_over_time(absent" + ALL + ")", example.tellsAbsence() ? 1 : 0)));
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("rule_files", List.of("ours.yaml", "theirs.yaml", "checks.yaml"));
    file.put("evaluation_interval", "1m");
    file.put("tests", List.of(test));
    yaml.writeValue(dir.resolve("test.yaml").toFile(), file);

    Promtool.testRules(dir.resolve("test.yaml"));
  }

  private Objectives imported(String spec) throws IOException {
    ForeignFiles.Imported imported =
        ForeignFiles.read(Files.writeString(dir.resolve("foreign.yaml"), spec));
    assertThat(imported.isComplete()).as("%s", imported.problems()).isTrue();
    Objectives read =
        ObjectiveFiles.read(Files.writeString(dir.resolve("openslo.yaml"), imported.text()));
    assertThat(read.isValid()).as(read.report()).isTrue();
    return read;
  }

  /** Where one fires, and the other does not in an evaluation around; as of two minutes ago. */
  private static String only(String by, String one, String other) {
    String around =
        IntStream.rangeClosed(1, 3)
            .mapToObj(minutes -> firing(by, other, minutes))
            .collect(Collectors.joining(" or "));
    return firing(by, one, 2) + " unless (" + around + ")";
  }

  private static String firing(String by, String alert, int minutesAgo) {
    return "max by (%s) (ALERTS{alertname=\"%s\",alertstate=\"firing\"} offset %dm)"
        .formatted(by, alert, minutesAgo);
  }

  private static Map<String, String> record(String name, String expr) {
    return Map.of("record", name, "expr", expr);
  }

  /** Holds when {@code expr} has this value; 0 stands for none. */
  private static Map<String, Object> value(String expr, int value) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("expr", expr);
    test.put("eval_time", LAST_MINUTE + "m");
    test.put(
        "exp_samples", value == 0 ? List.of() : List.of(Map.of("labels", "{}", "value", value)));
    return test;
  }

  private static Map<String, String> requests(String metric, String labels) {
    Map<String, String> series = new LinkedHashMap<>();
    series.put(metric + "{" + labels + ",code=\"200\"}", GOOD);
    series.put(metric + "{" + labels + ",code=\"503\"}", BAD);
    return series;
  }

  private static Example slothEvents() {
    String errors = "sum(rate(till_requests_total{job=\"till\",code=~\"5..|429\"}[$w]))";
    String total = "sum(rate(till_requests_total{job=\"till\"}[$w]))";
    String spec =
        """
        version: "prometheus/v1"
        service: "till"
        labels: {owner: blue}
        slos:
          - name: "orders"
            objective: 99.9
            description: "Orders go through."
            sli:
              events:
                error_query: %s
                total_query: %s
            alerting:
              name: TillErrors
              labels: {category: availability}
              page_alert:
                labels: {severity: pageblue}
              ticket_alert:
                labels: {severity: chat}
        """
            .formatted(slothWindow(errors), slothWindow(total));
    return new Example(
        "Sloth, events",
        spec,
        "TillErrors",
        "",
        ForeignRules.sloth("TillErrors", errors + " / " + total, "0.001", "pageblue", "chat"),
        requests("till_requests_total", "job=\"till\""));
  }

  private static Example slothResource() {
    String errors =
        "sum(rate(api_seconds_count{verb!=\"WATCH\"}[$w]))"
            + " - sum(rate(api_seconds_bucket{le=\"0.4\",verb!=\"WATCH\"}[$w]))";
    String total = "sum(rate(api_seconds_count{verb!=\"WATCH\"}[$w]))";
    String spec =
        """
        apiVersion: sloth.slok.dev/v1
        kind: PrometheusServiceLevel
        metadata: {name: api, namespace: monitoring}
        spec:
          service: api
          slos:
            - name: latency
              objective: 99
              sli:
                events:
                  errorQuery: (%s)
                  totalQuery: %s
              alerting:
                name: ApiSlow
                pageAlert: {labels: {severity: critical}}
                ticketAlert: {labels: {severity: warning}}
        """
            .formatted(slothWindow(errors), slothWindow(total));
    return new Example(
        "Sloth, latency as a resource",
        spec,
        "ApiSlow",
        "",
        ForeignRules.sloth("ApiSlow", "(" + errors + ") / " + total, "0.01", "critical", "warning"),
        Map.of(
            "api_seconds_count{verb=\"GET\"}",
            "0+600x960",
            "api_seconds_bucket{verb=\"GET\",le=\"0.4\"}",
            "0+600x120 72000+580x300 246000+200x100 266000+600x437"));
  }

  private static Example slothRaw() {
    String ratio =
        "1 - (sum(sum_over_time(satisfaction[$w])) / sum(count_over_time(satisfaction[$w])))";
    String spec =
        """
        version: "prometheus/v1"
        service: "home"
        slos:
          - name: "radio"
            objective: 95
            sli:
              raw:
                error_ratio_query: |
                  %s
            alerting:
              name: RadioBad
              page_alert: {labels: {severity: home}}
              ticket_alert: {labels: {severity: warning}}
        """
            .formatted(slothWindow(ratio));
    return new Example(
        "Sloth, raw",
        spec,
        "RadioBad",
        "",
        ForeignRules.sloth("RadioBad", ratio, "0.05", "home", "warning"),
        Map.of(
            "satisfaction{client=\"a\"}", "1x120 0.8x300 0.1x200 1x337",
            "satisfaction{client=\"b\"}", "0.99x420 0x100 0.99x438"));
  }

  private static String slothWindow(String query) {
    return query.replace("$w", "{{.window}}");
  }

  private static Example pyrraRatio() {
    String spec =
        """
        apiVersion: pyrra.dev/v1alpha1
        kind: ServiceLevelObjective
        metadata:
          name: till-errors
          labels: {prometheus: k8s, role: alert-rules}
        spec:
          target: '99.0'
          window: 7d
          indicator:
            ratio:
              errors: {metric: 'till_requests_total{handler=~"/api.*",code=~"5.."}'}
              total: {metric: 'till_requests_total{handler=~"/api.*"}'}
              grouping: [handler]
        """;
    Map<String, String> series = requests("till_requests_total", "handler=\"/api/orders\"");
    // Nothing is wrong with the other handler.
    series.put("till_requests_total{handler=\"/api/items\",code=\"200\"}", "0+60x860 stale");
    String sum = "sum by (handler) (rate(till_requests_total{handler=~\"/api.*\"%s}[$w]))";
    return new Example(
        "Pyrra, ratio by handler over a week",
        spec,
        "ErrorBudgetBurn",
        "handler",
        ForeignRules.pyrraOneWeek(
            sum.formatted(",code=~\"5..\"") + " / " + sum.formatted(""),
            "0.01",
            "3m",
            "till_requests_total{handler=~\"/api.*\"}"),
        series);
  }

  /** Errors are a metric of their own, which appears with the first and ends before the total. */
  private static Example pyrraTwoMetrics() {
    String spec =
        """
        apiVersion: pyrra.dev/v1alpha1
        kind: ServiceLevelObjective
        metadata: {name: till-failures, namespace: monitoring}
        spec:
          target: '99'
          window: 1w
          indicator:
            ratio:
              errors: {metric: 'till_failures_total{job="till",kind="api"}'}
              total: {metric: 'till_requests_total{job="till"}'}
        """;
    return new Example(
        "Pyrra, ratio of two metrics over a week",
        spec,
        "ErrorBudgetBurn",
        "",
        ForeignRules.pyrraOneWeek(
            "sum(rate(till_failures_total{job=\"till\",kind=\"api\"}[$w]))"
                + " / sum(rate(till_requests_total{job=\"till\"}[$w]))",
            "0.01",
            "3m",
            "till_requests_total{job=\"till\"}",
            "till_failures_total{job=\"till\",kind=\"api\"}"),
        Map.of(
            "till_requests_total{job=\"till\"}",
            "0+600x900 stale",
            "till_failures_total{job=\"till\",kind=\"api\"}",
            "_x120 3+3x299 900+0x59 900+600x39 24300+0x99 stale"));
  }

  private static Example pyrraLatency() {
    String spec =
        """
        apiVersion: pyrra.dev/v1alpha1
        kind: ServiceLevelObjective
        metadata: {name: till-slow, namespace: monitoring}
        spec:
          target: '90'
          window: 4w
          indicator:
            latency:
              success: {metric: 'till_seconds_bucket{job="till",le="1"}'}
              total: {metric: 'till_seconds_count{job="till"}'}
        """;
    String total = "sum(rate(till_seconds_count{job=\"till\"}[$w]))";
    String good = "sum(rate(till_seconds_bucket{job=\"till\",le=\"1\"}[$w]))";
    return new Example(
        "Pyrra, latency over four weeks",
        spec,
        "ErrorBudgetBurn",
        "",
        // Its fastest tier is out of reach at this target, in theirs as well.
        ForeignRules.pyrraFourWeeks(
            "(" + total + " - " + good + ") / " + total,
            "0.1",
            "1h26m",
            "till_seconds_count{job=\"till\"}",
            "till_seconds_bucket{job=\"till\",le=\"1\"}"),
        Map.of(
            "till_seconds_count{job=\"till\"}",
            "0+600x860 stale",
            "till_seconds_bucket{job=\"till\",le=\"1\"}",
            "0+600x100 60000+450x199 149550+0x299 149550+600x258 stale"));
  }

  /** Of the form that Pyrra's example for connect-go has. */
  private static Example pyrraNative() {
    String spec =
        """
        apiVersion: pyrra.dev/v1alpha1
        kind: ServiceLevelObjective
        metadata: {name: till-native, namespace: monitoring}
        spec:
          target: '90'
          window: 4w
          indicator:
            latencyNative:
              latency: 1s
              total: {metric: 'till_seconds{job="till"}'}
              grouping: [method]
        """;
    String rate = "sum by (method) (rate(till_seconds{job=\"till\"}[$w]))";
    return new Example(
        "Pyrra, native histograms by method",
        spec,
        "ErrorBudgetBurn",
        "method",
        ForeignRules.pyrraNative("1 - histogram_fraction(0, 1, " + rate + ")", "0.1"),
        Map.of(
            "till_seconds{job=\"till\",method=\"Pay\"}",
            histogram(0, 0, 1_200, 0, 50)
                + histogram(60_000, 1_200, 900, 300, 99)
                + histogram(149_100, 32_100, 0, 1_200, 149)
                + histogram(149_100, 212_100, 1_200, 0, 129)
                + "stale"));
  }

  /** Counts of up to a second, and of up to two, that grow so many times. */
  private static String histogram(long fast, long slow, long moreFast, long moreSlow, int times) {
    String form = "{{schema:0 count:%d sum:%d offset:0 buckets:[%d %d]}}";
    return form.formatted(fast + slow, fast + slow, fast, slow)
        + "+"
        + form.formatted(moreFast + moreSlow, moreFast + moreSlow, moreFast, moreSlow)
        + "x"
        + times
        + " ";
  }

  private static Example pyrraGauge() {
    String spec =
        """
        apiVersion: pyrra.dev/v1alpha1
        kind: ServiceLevelObjective
        metadata: {name: probes}
        spec:
          target: '99.0'
          window: 7d
          indicator:
            bool_gauge:
              metric: probe_success
              grouping: [target]
        """;
    String sum = "sum by (target) (sum_over_time(probe_success[$w]))";
    String count = "sum by (target) (count_over_time(probe_success[$w]))";
    return new Example(
        "Pyrra, gauge by target",
        spec,
        "ErrorBudgetBurn",
        "target",
        ForeignRules.pyrraOneWeek(
            "(" + count + " - " + sum + ") / " + count, "0.01", "3m", "probe_success"),
        Map.of(
            "probe_success{target=\"a\"}", "1x199 0x40 1x400 0x2 1x215 stale",
            "probe_success{target=\"b\"}", "1x860 stale"));
  }
}
