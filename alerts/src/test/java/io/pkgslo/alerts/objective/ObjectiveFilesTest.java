// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveFilesTest {
  private static final String RATIO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: checkout
        displayName: Checkout
        annotations:
          pkgslo.io/runbook: https://example.com/runbook
      spec:
        description: why
        service: shop
        indicator:
          spec:
            ratioMetric:
              counter: true
              good: &calls
                metricSource:
                  type: pkgslo
                  spec:
                    sli: latency
                    service: shop/*
                    threshold: 128ms
              total: *calls
        timeWindow:
          - duration: 30d
            isRolling: true
        budgetingMethod: Occurrences
        objectives:
          - target: 0.99
      """;

  private static final String SLI =
      """
      apiVersion: openslo/v1
      kind: SLI
      metadata: {name: inits}
      spec:
        thresholdMetric:
          metricSource: {type: pkgslo, spec: {sli: init-latency}}
      """;

  private static final String BY_VALUE =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: slow-inits}
      spec:
        service: shop
        indicatorRef: inits
        timeWindow: [{duration: 1w, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{op: lte, value: 0.2, targetPercent: 99.5}]
      """;

  @TempDir Path dir;

  @Test
  void ratio_isRead() throws IOException {
    Objectives read = read(RATIO);

    assertThat(read.problems()).isEmpty();
    Slo slo = read.slos().get(0);
    assertThat(slo.id()).isEqualTo("checkout");
    assertThat(slo.displayName()).isEqualTo("Checkout");
    assertThat(slo.sli()).isEqualTo(Slo.Sli.LATENCY);
    assertThat(slo.service()).isEqualTo("shop/*");
    assertThat(slo.goPackage()).isEqualTo("*");
    assertThat(slo.target()).isEqualByComparingTo("0.99");
    assertThat(slo.period()).isEqualTo(Duration.ofDays(30));
    assertThat(slo.threshold()).isEqualTo(Duration.ofMillis(128));
    assertThat(slo.tiers()).isEqualTo(BurnTier.defaultsFor(Duration.ofDays(30)));
    assertThat(slo.runbookUrl()).isEqualTo("https://example.com/runbook");
  }

  @Test
  void references_resolveAcrossFilesInAnyOrder() throws IOException {
    write("a.yaml", BY_VALUE + "---\n# nothing but a comment\n---\n");
    write("sub/z.yml", SLI);

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.problems()).isEmpty();
    assertThat(read.slos()).hasSize(1);
    assertThat(read.slos().get(0).threshold()).isEqualTo(Duration.ofMillis(200));
    assertThat(read.slos().get(0).target().toPlainString()).isEqualTo("0.995");
    assertThat(read.slos().get(0).period()).isEqualTo(Duration.ofDays(7));
  }

  /** Kubernetes mounts a ConfigMap as links to files below a hidden directory. */
  @Test
  void hiddenFolders_areLeftOutAndLinksToFilesAreRead() throws IOException {
    write("..2026/a.yaml", RATIO);
    Files.createSymbolicLink(dir.resolve("..data"), Path.of("..2026"));
    Files.createSymbolicLink(dir.resolve("a.yaml"), Path.of("..data", "a.yaml"));

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.problems()).isEmpty();
    assertThat(read.slos()).hasSize(1);
  }

  @Test
  void linkToADirectory_isFollowedWhenItIsNamed() throws IOException {
    write("real/a.yaml", RATIO);
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("real"));

    assertThat(ObjectiveFiles.read(link).slos()).hasSize(1);
  }

  @Test
  void emptyDescription_isFine() throws IOException {
    assertThat(read(RATIO.replace("description: why", "description: ''")).problems()).isEmpty();
  }

  /** One piece of a valid file is replaced; line, column and message are counted by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openslo/v1|openslo/v2|1:13|apiVersion is 'openslo/v2', expected openslo/v1",
        "kind: SLO|kind: Slo|2:7|kind is 'Slo', expected one of Service, SLI, SLO",
        "name: checkout|name: Check_out|4:9|name is 'Check_out', expected 1 to 63 lower-case",
        "name: checkout|label: checkout|4:3|unknown key 'label' in metadata",
        "name: checkout|name: 7|4:9|'name' is '7', expected text",
        "displayName: Checkout|displayName: '{{x'|5:16|'displayName' has '{{'",
        "https://example.com/runbook|ftp://x|7:24|expected an http or https URL",
        "pkgslo.io/runbook|pkgslo.io/runbok|7:23|unknown annotation 'pkgslo.io/runbok'",
        "description: why|descriptoin: why|9:3|unknown key 'descriptoin' in spec",
        "description: why|description: [a]|9:16|'description' is a list, expected text",
        "description: why|service: shop|10:3|has the key 'service' twice, expected it once",
        "service: shop|alertPolicies: []|9:3|has no 'service', expected the name of a Service",
        "description: why|alertPolicies: [a]|9:19|there is no AlertPolicy 'a', expected one of these files",
        "description: why|indicatorRef: x|9:17|both indicator and indicatorRef",
        "counter: true|counter: false|14:18|'counter' is false, expected true",
        "counter: true|raw: {}|15:15|'good' beside 'raw', expected either",
        "good: &calls|bed: &calls|15:9|unknown key 'bed' in",
        "counter: true|bad: {}|14:14|both good and bad, expected one of them",
        "total: *calls|counter: true|14:9|has no 'total'",
        "type: pkgslo|type: datadog|17:19|type is 'datadog', expected pkgslo or prometheus",
        "type: pkgslo|metricSourceRef: p|17:30|there is no DataSource 'p', expected one of these files",
        "sli: latency|sli: lateness|19:20|sli is 'lateness', expected one of init-latency, panic-rate",
        "sli: latency|sli: availability|21:26|availability has a threshold, expected none",
        "service: shop/*|service: shop/[a-c]|20:24|service is 'shop/[a-c]', expected a name",
        "threshold: 128ms|threshold: 0ms|21:26|threshold is '0ms', expected more than 0",
        "threshold: 128ms|threshold: fast|21:26|threshold is 'fast', expected such as 500us",
        "threshold: 128ms|package: '*'|14:9|latency has no threshold, expected one",
        "total: *calls|total: {metricSource: {type: pkgslo, spec: {sli: panic-rate}}}|22:16|another source",
        "duration: 30d|duration: 30D|24:17|duration is '30D', expected a whole number and m",
        "duration: 30d|duration: 91d|24:17|duration is '91d', expected 1m to 90d",
        "duration: 30d|duration: 0m|24:17|duration is '0m', expected 1m to 90d",
        "isRolling: true|isRolling: false|25:18|isRolling is false without a calendar, expected a calendar",
        "isRolling: true|calendar: {}|25:17|has no 'startTime', expected a time such as 2026-01-01 00:00:00",
        "isRolling: true|isRolling: 'true'|25:18|'isRolling' is 'true', expected true or false",
        "Occurrences|Timeslices|28:7|has no 'timeSliceTarget', expected a share of good events",
        "Occurrences|Sometimes|26:20|budgetingMethod is 'Sometimes', expected Occurrences, Timeslices or",
        "target: 0.99|target: 1|28:15|target is '1', expected less than 1",
        "target: 0.99|targetPercent: 100.0|28:22|targetPercent is '100.0', expected less than 100",
        "target: 0.99|target: -0.5|28:15|'target' is '-0.5', expected a number such as 0.999",
        "target: 0.99|target: 1e-999999999|28:15|'target' is '1e-999999999', expected a number",
        "target: 0.99|target: '0.99'|28:15|'target' is '0.99', expected a number",
        "target: 0.99|displayName: x|28:7|no target, expected either target or targetPercent",
        "target: 0.99|{target: 0.9, targetPercent: 90}|28:36|both target and targetPercent",
        "target: 0.99|{target: 0.99, value: 1}|28:29|'value' belongs to a thresholdMetric",
        "target: 0.99|{target: 0.99, timeSliceTarget: 0.9}|28:39|belongs to time slices",
        "- target: 0.99|[]|28:5|'objectives' has 0 elements, expected 1 to 50",
        "- target: 0.99|target: 0.99|28:5|objectives is a mapping, expected a list of objectives"
      })
  void error_isReportedAtItsPlace(String part, String instead, String place, String message)
      throws IOException {
    assertThat(RATIO).contains(part);
    Path file =
        write("f.yaml", RATIO.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(instead)));

    Objectives read = ObjectiveFiles.read(file);

    assertThat(read.isValid()).isFalse();
    assertThat(read.slos()).isEmpty();
    assertThat(read.problems().stream().map(Problem::toString))
        .anySatisfy(p -> assertThat(p).startsWith(file + ":" + place + ": ").contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "op: lte|op: gt|9:21|op is 'gt', expected lte",
        "op: lte, ||9:16|has no 'op', expected lte",
        "value: 0.2, ||9:16|has no 'value', expected the threshold in seconds",
        "value: 0.2|value: 86401|9:33|value is '86401', expected seconds, up to a day",
        "value: 0.2|value: 0.0000000001|9:33|with at most 9 decimals",
        "value: 0.2|value: 0.0|9:33|threshold is '0.0', expected more than 0",
        "indicatorRef: inits|indicatorRef: others|6:17|there is no SLI 'others'"
      })
  void errorOfAThresholdMetric_isReportedAtItsPlace(
      String part, String instead, String place, String message) throws IOException {
    String replaced = instead == null ? "" : instead;
    Path file = write("f.yaml", BY_VALUE.replace(part, replaced) + "---\n" + SLI);

    assertThat(ObjectiveFiles.read(file).problems().stream().map(Problem::toString))
        .anySatisfy(p -> assertThat(p).startsWith(file + ":" + place + ": ").contains(message));
  }

  @ParameterizedTest
  @CsvSource({
    "sli: init-latency,sli: availability,availability as a thresholdMetric",
    "sli: init-latency,'sli: init-latency, threshold: 1s',a threshold in a thresholdMetric",
    "thresholdMetric,rawMetric,no form of an SLI"
  })
  void errorOfAnSli_isReportedOnceHoweverOftenItIsUsed(String part, String instead, String message)
      throws IOException {
    String twice = BY_VALUE + "---\n" + BY_VALUE.replace("slow-inits", "others") + "---\n";

    Objectives read = read(twice + SLI.replace(part, instead));

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems().stream().filter(p -> p.message().contains(message))).hasSize(1);
  }

  @Test
  void problems_areAllFoundAtOnceAndSortedByPlace() throws IOException {
    Objectives read =
        read(
            RATIO
                .replace("target: 0.99", "target: 1")
                .replace("displayName:", "displayNam:")
                .replace("duration: 30d", "duration: 1y")
                .replace("Occurrences", "Sometimes"));

    assertThat(read.problems()).extracting(Problem::line).containsExactly(5, 24, 26, 28);
  }

  @Test
  void duplicateName_pointsAtTheFirst() throws IOException {
    write("a.yaml", RATIO);
    write("b.yaml", RATIO);

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(messages(read))
        .containsExactly(
            "there is another SLO 'checkout' at "
                + dir.resolve("a.yaml")
                + ":4:9, expected a name of its own");
    assertThat(read.problems().get(0).file()).isEqualTo(dir.resolve("b.yaml").toString());
  }

  @Test
  void service_mustBeOneOfTheFilesWhenTheyNameAny() throws IOException {
    String service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: %s}\n---\n";

    assertThat(read(service.formatted("shop") + RATIO).problems()).isEmpty();
    assertThat(messages(read(service.formatted("shops") + RATIO)))
        .containsExactly("there is no Service 'shop', expected one of these files");
  }

  /** Factor 14.4 needs a target above 1 - 1/14.4 = 93.06 %, factor 6 one above 83.3 %. */
  @Test
  void tierThatNeverFires_isWarnedOf() throws IOException {
    Objectives read = read(RATIO.replace("target: 0.99", "target: 0.9"));

    assertThat(read.isValid()).isTrue();
    assertThat(read.slos()).hasSize(1);
    assertThat(messages(read))
        .containsExactly(
            "the tier of 1h with burn rate 14.4 can never fire, expected a target nearer to 1 for"
                + " it");
  }

  /** A day: 8 % in 1 h is a burn rate of 1.92, 12.5 % in 6 h one of 0.5. */
  @Test
  void tierThatFiresWithinTheBudget_isLeftOut() throws IOException {
    Objectives read = read(RATIO.replace("duration: 30d", "duration: 1d"));

    assertThat(read.isValid()).isTrue();
    assertThat(read.slos().get(0).tiers())
        .extracting(BurnTier::longWindow)
        .containsExactly(Duration.ofHours(1));
    assertThat(read.problems()).hasSize(3);
  }

  @Test
  void exampleOfTheManual_isValid() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "objectives.md"));
    Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
    assertThat(yaml.find()).isTrue();

    Objectives read = read(yaml.group(1));

    assertThat(read.problems()).isEmpty();
    assertThat(read.slos())
        .extracting(Slo::id)
        .containsExactly("checkout-latency", "checkout-panics");
  }

  private Objectives read(String text) throws IOException {
    return ObjectiveFiles.read(write("f.yaml", text));
  }

  private static List<String> messages(Objectives read) {
    return read.problems().stream().map(Problem::message).toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
