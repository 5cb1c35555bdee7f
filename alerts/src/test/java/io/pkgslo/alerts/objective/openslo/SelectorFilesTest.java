// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.SeriesLabel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs, metrics, filters and labels in objective files. */
class SelectorFilesTest {
  private static final String FILE =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: x}
      spec:
        service: shop
        indicator:
          spec:
            %s
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{%starget: 0.99}]
      """;

  @TempDir Path dir;

  @Test
  void logs_badByFilter() throws IOException {
    ItemSelector selector =
        ratio(
            "bad: sli: log, filter: 'severity >= ERROR'",
            "total: sli: log, filter: event_type == 'charge', labels: [cloud.region]");

    assertThat(selector)
        .isEqualTo(
            new ItemSelector(
                "event_type == 'charge'",
                "severity >= ERROR",
                null,
                null,
                null,
                List.of(new SeriesLabel("cloud_region", "cloud.region"))));
  }

  @Test
  void logs_goodByFilter() throws IOException {
    ItemSelector selector =
        ratio("good: sli: log, filter: 'code == 0'", "total: sli: log, filter: event == 'charge'");

    assertThat(selector.badFilter()).isEqualTo("not (code == 0)");
  }

  @Test
  void logs_byValue() throws IOException {
    ItemSelector selector =
        byValue(
            "sli: log, filter: event == 'charge', metric: duration_ms", "op: lte, value: 250, ");

    assertThat(selector)
        .isEqualTo(
            new ItemSelector(
                "event == 'charge'", "", "duration_ms", null, new BigDecimal("250"), List.of()));
  }

  @Test
  void metrics_ofTwoCounters() throws IOException {
    ItemSelector selector =
        ratio(
            "bad: sli: metric, metric: orders.failed",
            "total: sli: metric, metric: orders.placed, labels: ['resource.attributes[\"k8s ns\"]"
                + " as namespace', tenant]");

    assertThat(selector)
        .isEqualTo(
            new ItemSelector(
                "",
                "",
                "orders.placed",
                "orders.failed",
                null,
                List.of(
                    new SeriesLabel("namespace", "resource.attributes[\"k8s ns\"]"),
                    new SeriesLabel("tenant", "tenant"))));
  }

  @Test
  void metrics_goodOfOneCounter() throws IOException {
    ItemSelector selector =
        ratio(
            "good: sli: metric, metric: orders, filter: outcome == 'ok'",
            "total: sli: metric, metric: orders");

    assertThat(selector.badMetric()).isEqualTo("orders");
    assertThat(selector.badFilter()).isEqualTo("not (outcome == 'ok')");
  }

  @Test
  void metrics_histogramByValue() throws IOException {
    ItemSelector selector =
        byValue("sli: metric, metric: http.server.request.duration", "op: lte, value: 0.5, ");

    assertThat(selector.metric()).isEqualTo("http.server.request.duration");
    assertThat(selector.above()).isEqualByComparingTo("0.5");
  }

  @Test
  void calls_withFilterAndLabels() throws IOException {
    ItemSelector selector =
        byValue(
            "sli: latency, filter: 'http.route like \"/cart*\"', labels: tenant",
            "op: lte, value: 0.2, ");

    assertThat(selector)
        .isEqualTo(
            ItemSelector.of(
                "http.route like \"/cart*\"", List.of(new SeriesLabel("tenant", "tenant"))));
  }

  /** An editor puts the cursor on the fault, in a value of its own. */
  @Test
  void faultOfAFilter_hasItsPlace() throws IOException {
    Objectives read = read(thresholdMetric("sli: latency, filter: 'tenant = 1'"), "");

    // The line is 16 blanks and: spec: {sli: latency, filter: 'tenant = 1'}
    assertThat(read.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.line()).isEqualTo(11);
              assertThat(problem.column()).isEqualTo(54);
              assertThat(problem.message())
                  .isEqualTo("filter has a fault at character 8: found '=', expected ==");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sli: latency, filter: severity > 4|filter asks for the field severity, which latency",
        "sli: metric, metric: a, filter: name == 1|filter asks for the field name, which metric",
        "sli: latency, labels: [a, b, c, d, e]|'labels' has 5 elements, expected a list of up to 4",
        "sli: latency, labels: []|'labels' has 0 elements",
        "sli: latency, labels: [{a: b}]|'labels' has a mapping, expected a list of up to 4",
        "sli: latency, labels: [a, 'b as a']|the label a stands twice, expected it once",
        "sli: latency, labels: [window]|the label is called 'window', expected letters, digits",
        "sli: latency, labels: ['a as b-c']|the label is called 'b-c', expected letters",
        "sli: latency, labels: ['a == 1']|a label has a fault at character 3: found '==', expected",
        "sli: panic-rate, filter: a == 1|panic-rate has filter, expected it with latency, availab",
        "sli: runtime, metric: go.goroutine.count, labels: a|runtime has labels, expected it with",
        "sli: log, metric: 'a b'|metric has a fault at character 3: found 'b', expected the end",
        "sli: metric, metric: 'a b'|metric is 'a b', expected the name of an OTLP metric",
        "sli: log|log without a metric, expected the one whose value is compared",
        "sli: latency, metric: a|latency has a metric, expected none"
      })
  void fault_isReported(String spec, String message) throws IOException {
    Objectives read = read(thresholdMetric(spec), "op: lte, value: 1, ");

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).anySatisfy(p -> assertThat(p.message()).contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bad: sli: log|total: sli: log|log does not say what is bad, expected metric and threshold",
        "bad: sli: log|total: sli: log, filter: a == 1|the other part has no filter, expected one",
        "bad: sli: log, filter: a == 1, service: a|total: sli: log|total has another source,"
            + " expected one that differs from the other part in filter alone",
        "bad: sli: log, filter: a == 1, metric: d, threshold: 5|total: sli: log, metric: d,"
            + " threshold: 5|a threshold beside two filters",
        "bad: sli: metric, metric: a|total: sli: metric, metric: a|does not say what is bad",
        "good: sli: metric, metric: a|total: sli: metric, metric: b|good counts another metric",
        "bad: sli: metric, filter: a == 1|total: sli: metric|metric has no metric, expected",
        "bad: sli: latency, threshold: 5ms, filter: a == 1|total: sli: latency, threshold:"
            + " 5ms|total has another source, expected the same as the other part"
      })
  void faultOfARatio_isReported(String part, String total, String message) throws IOException {
    Objectives read = read(ratioMetric(part, total), "");

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).anySatisfy(p -> assertThat(p.message()).contains(message));
  }

  private ItemSelector ratio(String part, String total) throws IOException {
    return selectorOf(read(ratioMetric(part, total), ""));
  }

  private ItemSelector byValue(String spec, String objective) throws IOException {
    return selectorOf(read(thresholdMetric(spec), objective));
  }

  private static ItemSelector selectorOf(Objectives read) {
    assertThat(read.isValid()).as(read.report()).isTrue();
    return ((PackageSli) read.slos().get(0).source()).selector();
  }

  private static String thresholdMetric(String spec) {
    return "thresholdMetric:\n              metricSource:\n                type: pkgslo\n"
        + "                spec: {"
        + spec
        + "}";
  }

  private static String ratioMetric(String part, String total) {
    return "ratioMetric:\n" + part(part) + part(total);
  }

  /** {@code bad: sli: log} is the part bad, with a source that has the key sli. */
  private static String part(String text) {
    int colon = text.indexOf(':');
    return "        "
        + text.substring(0, colon)
        + ": {metricSource: {type: pkgslo, spec: {"
        + text.substring(colon + 1)
        + "}}}\n";
  }

  private Objectives read(String indicator, @Nullable String objective) throws IOException {
    Files.writeString(dir.resolve("x.yaml"), FILE.formatted(indicator, objective));
    return ObjectiveFiles.read(dir);
  }
}
