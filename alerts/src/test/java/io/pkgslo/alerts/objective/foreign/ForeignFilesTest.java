// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ForeignFilesTest {
  /** As Sloth's getting started page has it: events, own severities, labels. */
  private static final String SLOTH =
      """
      version: "prometheus/v1"
      service: "till"
      labels:
        owner: blue
      slos:
        - name: "orders"
          objective: 99.9
          description: "Orders go through."
          sli:
            events:
              error_query: sum(rate(orders_total{code=~"5.."}[{{.window}}]))
              total_query: sum(rate(orders_total[{{.window}}]))
          alerting:
            name: TillErrors
            labels: {category: availability}
            annotations: {runbook: https://example.com/till}
            page_alert:
              labels: {severity: sev1, routing_key: blue}
            ticket_alert:
              disable: true
      """;

  private static final String SLOTH_RESOURCE =
      """
      apiVersion: sloth.slok.dev/v1
      kind: PrometheusServiceLevel
      metadata: {name: till, namespace: monitoring}
      spec:
        service: till
        slos:
          - name: wifi
            objective: 95
            sli:
              raw:
                errorRatioQuery: 1 - avg(avg_over_time(satisfaction[{{.window}}]))
            alerting:
              pageAlert: {disable: true}
              ticketAlert: {labels: {severity: warning}}
      """;

  private static final String PYRRA =
      """
      apiVersion: pyrra.dev/v1alpha1
      kind: ServiceLevelObjective
      metadata:
        name: api-errors
        namespace: monitoring
        labels: {pyrra.dev/team: blue, prometheus: k8s}
      spec:
        target: '99'
        window: 4w
        indicator:
          ratio:
            errors: {metric: 'http_requests_total{job="api",code=~"5.."}'}
            total: {metric: 'http_requests_total{job="api"}'}
            grouping: [job, handler]
      """;

  private static final String ALPHA =
      """
      apiVersion: openslo/v1alpha
      kind: SLO
      metadata: {name: web, displayName: Web}
      spec:
        service: web
        timeWindows: [{unit: Week, count: 1, isRolling: true}]
        budgetingMethod: Occurrences
        objectives:
          - displayName: Good
            target: 0.98
            value: 1
            ratioMetrics:
              incremental: true
              good: {source: prometheus, queryType: promql, query: 'sum(ok_total)'}
              total: {source: prometheus, queryType: promql, query: 'sum(all_total)'}
      """;

  @TempDir Path dir;

  @Test
  void sloth_isCarriedOverWithItsAlerts() throws IOException {
    Slo slo = only(SLOTH);

    assertThat(slo.id()).isEqualTo("till-orders");
    assertThat(slo.target()).isEqualByComparingTo("0.999");
    assertThat(slo.period()).isEqualTo(Duration.ofDays(30));
    assertThat(slo.source())
        .isEqualTo(
            new PrometheusQueries.Ratio(
                "sum(rate(orders_total{code=~\"5..\"}[{{.window}}]))",
                true,
                "sum(rate(orders_total[{{.window}}]))",
                true));
    assertThat(slo.tiers()).extracting(BurnTier::severity).containsOnly(new Severity("sev1"));
    assertThat(slo.tiers())
        .extracting(BurnTier::longWindow)
        .containsExactly(Duration.ofHours(1), Duration.ofHours(6));
    assertThat(slo.notes().labels()).isEqualTo(Map.of("owner", List.of("blue")));
    assertThat(slo.runbookUrl()).isEqualTo("https://example.com/till");
    assertThat(slo.notes().description()).isEqualTo("Orders go through.");
  }

  @Test
  void sloth_lossesAreListedWithTheirPlacesAndInComments() throws IOException {
    ForeignFiles.Imported imported = ForeignFiles.read(write(SLOTH));

    assertThat(imported.problems())
        .extracting(problem -> problem.line() + ": " + problem.message())
        .containsExactlyInAnyOrder(
            "6: the period is not in the file; 30d is taken, which is Sloth's default",
            "14: slos[0].alerting.name is not carried over",
            "15: slos[0].alerting.labels.category is not carried over",
            "18: slos[0].alerting.page_alert.labels.routing_key is not carried over");
    assertThat(imported.text())
        .contains("f.yaml:15:26: slos[0].alerting.labels.category is not carried over");
  }

  @Test
  void slothResource_isCarriedOver() throws IOException {
    Slo slo = only(SLOTH_RESOURCE);

    assertThat(slo.id()).isEqualTo("till-wifi");
    assertThat(slo.source())
        .isEqualTo(
            new PrometheusQueries.Raw("1 - avg(avg_over_time(satisfaction[{{.window}}]))", true));
    assertThat(slo.tiers()).extracting(BurnTier::severity).containsOnly(new Severity("warning"));
    assertThat(slo.tiers()).hasSize(2);
  }

  /** Factors, windows and times of Pyrra at 28 days: 14, 7, 2 and 1 in 1 h, 6 h, 1 d and 4 d. */
  @Test
  void pyrra_isCarriedOverWithItsWindows() throws IOException {
    Slo slo = only(PYRRA);

    assertThat(slo.source())
        .isEqualTo(
            new PrometheusQueries.Ratio(
                "sum by (job, handler) (increase(http_requests_total{job=\"api\",code=~\"5..\"}"
                    + "[{{.window}}]))",
                true,
                "sum by (job, handler) (increase(http_requests_total{job=\"api\"}[{{.window}}]))",
                true));
    assertThat(slo.notes().labels())
        .isEqualTo(Map.of("team", List.of("blue"), "prometheus", List.of("k8s")));
    assertThat(slo.tiers())
        .extracting(tier -> tier.factor(slo.period()).stripTrailingZeros().toPlainString())
        .containsExactly("14", "7", "2", "1");
    assertThat(slo.tiers())
        .extracting(BurnTier::longWindow)
        .containsExactly(
            Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(4));
    assertThat(slo.tiers())
        .extracting(BurnTier::shortWindow)
        .containsExactly(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));
    assertThat(slo.tiers())
        .extracting(BurnTier::holdFor)
        .containsExactly(
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3));
    assertThat(slo.alerting().noData())
        .isEqualTo(new NoDataAlert(new Severity("critical"), Duration.ofMinutes(10)));
  }

  @Test
  void pyrraLatency_countsTheGoodOnes() throws IOException {
    String latency =
        PYRRA
            .replace("ratio:", "latency:")
            .replace("errors:", "success:")
            .replace("      grouping: [job, handler]\n", "");

    assertThat(only(latency).source())
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.type(PrometheusQueries.Ratio.class))
        .satisfies(ratio -> assertThat(ratio.partIsBad()).isFalse());
  }

  /** Prometheus 3 spells the bound 1.0; without it every request there would be a slow one. */
  @Test
  void wholeBoundOfABucket_isFoundInBothSpellings() throws IOException {
    String latency =
        PYRRA
            .replace("ratio:", "latency:")
            .replace(
                "errors: {metric: 'http_requests_total{job=\"api\",code=~\"5..\"}'}",
                "success: {metric: 'http_seconds_bucket{job=\"api\",le=\"1\"}'}");

    assertThat(only(latency).source().toString())
        .contains("http_seconds_bucket{job=\"api\",le=~\"1([.]0)?\"}");
    assertThat(ForeignFiles.read(write(latency)).text())
        .contains("also finds le=\"1.0\", as Prometheus 3 spells it");
  }

  /** 14 x 1 % of an hour and two minutes at 99 %, ten times less of an hour at 99.9 %. */
  @Test
  void pyrraAbsence_isAsLongAsItsFastestAlertTakes() throws IOException {
    assertThat(only(PYRRA.replace("'99'", "'99.9'")).alerting().noData())
        .isEqualTo(new NoDataAlert(new Severity("critical"), Duration.ofMinutes(3)));
    assertThat(only(PYRRA.replace("'99'", "'90'")).alerting().noData())
        .isEqualTo(new NoDataAlert(new Severity("critical"), Duration.ofMinutes(86)));
  }

  /** Of an hour: 5 s and 0, 32 s and 3 s, 129 s and 11 s are no windows; 514 s and 32 s are. */
  @Test
  void pyrraTiersBelowAMinute_areListed() throws IOException {
    String hour = PYRRA.replace("4w", "1h");

    assertThat(only(hour).tiers())
        .extracting(BurnTier::longWindow)
        .containsExactly(Duration.ofMinutes(9));
    assertThat(ForeignFiles.read(write(hour)).text())
        .contains(
            "the tier of 1h in 4w, whose windows are below a minute here, is not carried over");
  }

  /** Pyrra tells of absence twice where there are two metrics, and of native histograms never. */
  @Test
  void pyrraAbsence_isCarriedOverAsFarAsThereIsSome() throws IOException {
    String nativeLatency =
        PYRRA
            .replace("ratio:", "latencyNative:")
            .replaceAll(" +errors:.*\\n", "      latency: 200ms\n");
    String twoMetrics = PYRRA.replace("http_requests_total{job=\"api\",code", "errors_total{code");

    assertThat(only(PYRRA).alerting().noData()).isNotNull();
    assertThat(only(nativeLatency).alerting().noData()).isNull();
    assertThat(only(PYRRA).alerting().noData().eachPart()).isFalse();
    assertThat(only(twoMetrics).alerting().noData().eachPart()).isTrue();
    assertThat(ForeignFiles.read(write(twoMetrics)).text()).contains("critical each-part for=10m");
  }

  @Test
  void pyrraLatencyBeyondAllTime_isAnError() throws IOException {
    String huge =
        PYRRA
            .replace("ratio:", "latencyNative:")
            .replaceAll(" +errors:.*\\n", "      latency: 99999999999999m\n");

    assertThat(errors(huge))
        .anyMatch(text -> text.contains("expected more than 0 and up to a day"));
  }

  /** As in Sloth's own examples of OpenSLO. */
  @Test
  void alphaWindowWithoutAWord_isRolling() throws IOException {
    String silent = ALPHA.replace(", isRolling: true", "");

    assertThat(only(silent).calendar()).isNull();
    assertThat(ForeignFiles.read(write(silent)).text())
        .contains("it is rolling, as Sloth reads it");
    assertThat(errors(ALPHA.replace("isRolling: true", "isRolling: false")))
        .anyMatch(text -> text.contains("expected isRolling: true or a calendar"));
  }

  @Test
  void alpha_isCarriedOver() throws IOException {
    Slo slo = only(ALPHA);

    assertThat(slo.id()).isEqualTo("web");
    assertThat(slo.target()).isEqualByComparingTo(new BigDecimal("0.98"));
    assertThat(slo.period()).isEqualTo(Duration.ofDays(7));
    assertThat(slo.source())
        .isEqualTo(
            new PrometheusQueries.Ratio(
                "sum(increase(ok_total[{{.window}}]))",
                false,
                "sum(increase(all_total[{{.window}}]))",
                true));
  }

  @Test
  void whatCannotBeAsked_isAnError() throws IOException {
    assertThat(errors(SLOTH.replace("objective: 99.9", "objective: 100")))
        .anyMatch(text -> text.contains("less than 100"));
    assertThat(errors(SLOTH.replace("sum(rate(orders_total[{{.window}}]))", "sum(rate(x)")))
        .anyMatch(text -> text.contains("the query has"));
    assertThat(errors(ALPHA.replace("source: prometheus", "source: datadog")))
        .anyMatch(text -> text.contains("no other source can be asked"));
    assertThat(errors("kind: Pod\n")).anyMatch(text -> text.contains("Sloth's version"));
  }

  @Test
  void sameName_isAnError() throws IOException {
    assertThat(errors(PYRRA + "---\n" + PYRRA))
        .anyMatch(text -> text.startsWith("another objective is called 'api-errors'"));
  }

  @Test
  @Timeout(60)
  void mutations_neverThrowAndNeverWriteWhatIsNotValid() throws IOException {
    Random random = new Random(11);
    String[] seeds = {SLOTH, SLOTH_RESOURCE, PYRRA, ALPHA};
    for (int i = 0; i < 1_500; i++) {
      StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
          case 1 -> text.insert(at, "{}[]:,&*!|>'\"%@`-?9a \n".charAt(random.nextInt(22)));
          default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
      }
      ForeignFiles.Imported imported = ForeignFiles.read(write(text.toString()));
      if (imported.isComplete() && imported.count() > 0) {
        Objectives read = ObjectiveFiles.read(write(imported.text()));
        assertThat(read.isValid()).as("%s%n%s%n%s", text, imported.text(), read.report()).isTrue();
      }
    }
  }

  /** The only objective of a file, which reads back from OpenSLO as it was. */
  private Slo only(String text) throws IOException {
    ForeignFiles.Imported imported = ForeignFiles.read(write(text));
    assertThat(imported.isComplete()).as("%s", imported.problems()).isTrue();
    Objectives read = ObjectiveFiles.read(write(imported.text()));
    assertThat(read.isValid()).as("%s%n%s", read.report(), imported.text()).isTrue();
    assertThat(read.slos()).hasSize(1);
    return read.slos().get(0);
  }

  private List<String> errors(String text) throws IOException {
    ForeignFiles.Imported imported = ForeignFiles.read(write(text));
    assertThat(imported.isComplete()).isFalse();
    return imported.problems().stream()
        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
        .map(Problem::message)
        .toList();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("f.yaml"), text);
  }
}
