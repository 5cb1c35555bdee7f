// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.report.SarifReport;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files as people write them when nobody looks: each is either refused at the right place, or its
 * rules load in promtool. There is nothing in between, such as a file that is valid and gives rules
 * that Prometheus refuses, which would take all other rules down with it.
 */
class OddFilesTest {
  private static final String COUNTED =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: odd}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              bad: &m {metricSource: {type: pkgslo, spec: {sli: availability}}}
              total: *m
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99}]
      """;

  private static final String ASKED =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: odd, annotations: {pkgslo.io/no-data: ticket}}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric: {metricSource: {type: prometheus, spec: {query: 'max(queue)'}}}
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99, op: lt, value: 5}]
      """;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name: odd|name: größe|3:18: name is 'größe', expected 1 to 63",
        "name: odd|name: off|3:18: 'name' is 'off', expected text",
        "  service: shop|  service: shop\\n  service: till|6:3: spec has the key 'service' twice",
        "service: shop|\\tservice: shop|5:3: found character",
        "service: shop|service:\u00a0shop|6:12: mapping values are not allowed",
        "target: 0.99|target: 1e-999999999|13:25: 'target' is '1e-999999999', expected a number",
        "target: 0.99|target: 0.9999999999999|13:25: 'target' is '0.9999999999999', expected",
        "target: 0.99|target: -0.5|13:25: 'target' is '-0.5', expected a number",
        "target: 0.99|target: 1|13:25: target is '1', expected less than 1",
        "target: 0.99|targetPercent: 100|13:32: targetPercent is '100', expected less than 100",
        "duration: 30d|duration: 91d|11:27: duration is '91d', expected 1m to 90d",
        "duration: 30d|duration: 1Y|11:27: duration is '1Y', expected 1m to 90d",
        "duration: 30d|duration: 4W|11:27: duration is '4W', expected a whole number",
        "sli: availability|sli: availability, package: 'x{y}'|9:82: package is 'x{y}'",
        "ratioMetric:|<<: {description: x}\\n      ratioMetric:|8:7: unknown key '<<'",
        "target: 0.99|target: 0.99, compositeWeight: 2|13:48: composite SLOs are not counted",
        "name: odd|name: odd, displayName: '{{ x }}'|3:36: 'displayName' has '{{'"
      })
  void fileThatCannotBeMeant_isRefusedAtItsPlace(String part, String instead, String problem)
      throws IOException {
    refused(read(COUNTED, part, instead), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "max(queue)|scalar(queue)|a number as a whole, expected a vector",
        "max(queue)|\"text\"|text as a whole, expected a vector",
        "max(queue)|queue[5m]|a range of series as a whole, expected a vector",
        "pkgslo.io/no-data: ticket|pkgslo.io/min-bad: 3|does not reach the queries",
        "lt, value: 5|lt, value: 5, timeSliceWindow: 5m|'timeSliceWindow' belongs to time slices"
      })
  void queryThatCannotBeAsked_isRefused(String part, String instead, String problem)
      throws IOException {
    refused(read(ASKED, part, instead), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name: odd}|name: odd, displayName: 'Käse \"{x}\" \\ $value %s'}",
        "name: odd}|name: odd, annotations: {pkgslo.io/owner: 'a b\"c %s $x'}}",
        "name: odd}|name: odd, annotations: {pkgslo.io/runbook: 'https://x.y/?a=b&c=%20#z'}}",
        "sli: availability|sli: availability, service: 'a''b\"c/*', version: 'v1.*+x'",
        "30d|4w",
        "30d|1M",
        "30d|1m",
        "30d|1d",
        "target: 0.99|target: 0.99999",
        "target: 0.99|target: 0.999999999999",
        "target: 0.99|target: 0",
        "target: 0.99|targetPercent: 99.95",
        "Occurrences|Occurrences # fine",
        "duration: 30d, isRolling: true|duration: 1M, calendar: {startTime: 2026-01-31 02:30:00,"
            + " timeZone: America/New_York}",
        "duration: 30d, isRolling: true|duration: 1d, calendar: {startTime: 2026-03-29 02:30:00,"
            + " timeZone: Europe/Berlin}"
      })
  void fileThatIsOdd_givesRulesThatLoad(String part, String instead) throws Exception {
    Promtool.assume();
    load(read(COUNTED, part, instead));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "max(queue)|max(queue) # of all",
        "max(queue)|max by (pod) (queue{a=\"}#\", b=~\"x{2}\"} offset 5m) or vector(1)",
        "max(queue)|-queue",
        "value: 5|value: -0.00000001",
        "thresholdMetric: {|ratioMetric: {rawType: success, raw: {"
      })
  void queryThatIsOdd_givesRulesThatLoad(String part, String instead) throws Exception {
    Promtool.assume();
    String text =
        instead.startsWith("ratioMetric")
            ? ASKED.replace("'max(queue)'}}}", "'max(queue)'}}}}").replace(", op: lt, value: 5", "")
            : ASKED;
    load(read(text, part, instead));
  }

  @Test
  void fileOfWindows_isRead() throws Exception {
    Promtool.assume();
    load(read(COUNTED.replace("\n", "\r\n"), "odd", "crlf"));
  }

  @Test
  void documentsWithNothingBetween_areRead() throws IOException {
    Objectives read =
        read(
            "---\n" + COUNTED + "---\n---\n# nothing\n---\n" + COUNTED.replace("odd", "two"),
            "---",
            "---");

    assertThat(read.slos()).extracting(Slo::id).containsExactly("odd", "two");
  }

  private static void refused(Objectives read, String problem) throws IOException {
    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).extracting(Problem::toString).anyMatch(p -> p.contains(problem));
    checkSarif(read);
  }

  private void load(Objectives read) throws IOException, InterruptedException {
    assertThat(read.isValid()).as(read.report()).isTrue();
    for (Form form : Form.values()) {
      Path rules = dir.resolve(form.label() + ".yaml");
      Files.writeString(rules, RuleFile.of(read.slos(), RuleOptions.DEFAULT.withForm(form)));

      Promtool.checkRules(rules);
    }
  }

  private Objectives read(String text, String part, String instead) throws IOException {
    String from = part.replace("\\n", "\n");
    assertThat(text).contains(from);
    String odd = text.replace(from, instead.replace("\\n", "\n").replace("\\t", "\t"));
    return ObjectiveFiles.read(Files.writeString(dir.resolve("odd.yaml"), odd));
  }

  /** What an editor or a pipeline needs of each problem: a rule, a level, a text and a place. */
  private static void checkSarif(Objectives read) throws IOException {
    JsonNode run = new ObjectMapper().readTree(SarifReport.of(read)).at("/runs/0");
    assertThat(run.path("results")).hasSameSizeAs(read.problems());
    for (JsonNode result : run.path("results")) {
      JsonNode region = result.at("/locations/0/physicalLocation/region");
      assertThat(result.path("level").asText()).isIn("error", "warning");
      assertThat(result.at("/message/text").asText()).isNotBlank();
      assertThat(region.path("startLine").asInt()).isPositive();
      assertThat(region.path("startColumn").asInt()).isPositive();
    }
  }
}
