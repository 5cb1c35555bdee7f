// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.Exclusion;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.SpanKind;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSloTest {
  private static final String FULL =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: checkout
        labels: {team: [blue, green], env: prod}
        annotations:
          example.com/dashboard: https://example.com/d
          pkgslo.io/owner: team-blue
          pkgslo.io/tiers: "1h: 3% sev1 for=2m, 6h: keep_firing_for=10m, 1d: off"
          pkgslo.io/for: 1m
          pkgslo.io/min-valid: "100"
          pkgslo.io/min-bad: 5
          pkgslo.io/no-data: ticket for=30m
          pkgslo.io/exclusions: |
            rrule=FREQ=WEEKLY;BYDAY=SU start=2026-01-04T02:00 zone=Europe/Berlin length=2h why="weekly work"
            start=2026-03-01T10:00Z end=2026-03-01T12:30Z who=ana why="supplier down"
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
                    version: v1.*
                    package: github.com/acme/*
                    kind: [server, client]
                    threshold: 200ms
              total: *calls
        timeWindow:
          - duration: 1M
            calendar:
              startTime: 2026-01-01 00:00:00
              timeZone: Europe/Berlin
        budgetingMethod: Timeslices
        objectives:
          - displayName: Gold
            target: 0.99
            timeSliceTarget: 0.95
            timeSliceWindow: 5
          - target: 0.999
            timeSliceTarget: 0.9
            timeSliceWindow: 10m
      """;

  private static final String POLICIES =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: panics}
      spec:
        service: shop
        indicatorRef: panics
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.999}]
        alertPolicies:
          - alertPolicyRef: fast
          - kind: AlertPolicy
            metadata: {name: slow}
            spec:
              alertWhenBreaching: true
              alertWhenNoData: true
              conditions:
                - kind: AlertCondition
                  metadata: {name: slow-burn}
                  spec:
                    severity: ticket
                    condition:
                      {kind: burnrate, op: gte, threshold: 3, lookbackWindow: 1d, alertAfter: 1h}
              notificationTargets: [{targetRef: mail}]
      ---
      apiVersion: openslo/v1
      kind: SLI
      metadata: {name: panics}
      spec:
        ratioMetric:
          bad: {metricSource: {metricSourceRef: ours, spec: {sli: panic-rate}}}
          total: {metricSource: {metricSourceRef: ours, spec: {sli: panic-rate}}}
      ---
      apiVersion: openslo/v1
      kind: DataSource
      metadata: {name: ours}
      spec: {type: pkgslo, connectionDetails: {}}
      ---
      apiVersion: openslo/v1
      kind: AlertPolicy
      metadata: {name: fast}
      spec:
        alertWhenBreaching: true
        conditions: [{conditionRef: fast-burn}]
        notificationTargets: [{targetRef: mail}]
      ---
      apiVersion: openslo/v1
      kind: AlertCondition
      metadata: {name: fast-burn}
      spec:
        severity: page
        condition: {kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 2m}
      ---
      apiVersion: openslo/v1
      kind: AlertNotificationTarget
      metadata: {name: mail}
      spec: {target: mail}
      """;

  private static final String V2 =
      """
      apiVersion: openslo.com/v2alpha
      kind: SLO
      metadata: {name: web, labels: {env: prod}}
      spec:
        serviceRef: web
        sli:
          metadata: {name: web-ok}
          spec:
            ratioMetric:
              counter: true
              good: {dataSourceRef: prom, spec: {query: 'sum(http_total{code="200"})'}}
              total: {dataSourceSpec: {type: prometheus, connectionDetails: {}}, spec: {query: http_total}}
        timeWindow: [{duration: 4w, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99}]
      ---
      apiVersion: openslo.com/v2alpha
      kind: DataSource
      metadata: {name: prom}
      spec: {type: Prometheus, connectionDetails: [{url: 'http://prometheus.example.com'}]}
      """;

  @TempDir Path dir;

  @Test
  void everyPartOfADocument_isRead() throws IOException {
    Objectives read = read(FULL);

    assertThat(read.isValid()).as(read.report()).isTrue();
    assertThat(read.slos()).extracting(Slo::id).containsExactly("checkout-gold", "checkout-0-999");
    Slo slo = read.slos().get(0);
    assertThat(slo.displayName()).isEqualTo("checkout: Gold");
    assertThat(slo.source())
        .isEqualTo(
            new PackageSli(
                Slo.Sli.LATENCY,
                "shop/*",
                "v1.*",
                "github.com/acme/*",
                Set.of(SpanKind.SERVER, SpanKind.CLIENT),
                false,
                Duration.ofMillis(200),
                null));
    assertThat(slo.calendar())
        .isEqualTo(
            new CalendarWindow(
                LocalDateTime.of(2026, 1, 1, 0, 0),
                ZoneId.of("Europe/Berlin"),
                CalendarWindow.Unit.MONTH,
                1));
    assertThat(slo.period()).isEqualTo(Duration.ofDays(30));
    assertThat(slo.budgeting())
        .isEqualTo(new Budgeting.Timeslices(Duration.ofMinutes(5), new BigDecimal("0.95")));
    assertThat(slo.notes().labels())
        .isEqualTo(Map.of("team", List.of("blue", "green"), "env", List.of("prod")));
    assertThat(slo.notes().annotations())
        .isEqualTo(Map.of("example.com/dashboard", List.of("https://example.com/d")));
    assertThat(slo.notes().owner()).isEqualTo("team-blue");
  }

  @Test
  void annotations_changeTheAlerts() throws IOException {
    Slo slo = read(FULL).slos().get(0);

    assertThat(slo.tiers())
        .containsExactly(
            BurnTier.of(new BigDecimal("0.03"), Duration.ofHours(1), new Severity("sev1"))
                .timed(Duration.ofMinutes(2), Duration.ZERO),
            BurnTier.of(new BigDecimal("0.05"), Duration.ofHours(6), Severity.PAGE)
                .timed(Duration.ofMinutes(1), Duration.ofMinutes(10)),
            BurnTier.of(new BigDecimal("0.1"), Duration.ofDays(3), Severity.TICKET)
                .timed(Duration.ofMinutes(1), Duration.ZERO));
    assertThat(slo.alerting().minValid()).isEqualTo(100);
    assertThat(slo.alerting().minBad()).isEqualTo(5);
    assertThat(slo.alerting().noData())
        .isEqualTo(new NoDataAlert(Severity.TICKET, Duration.ofMinutes(30)));
    assertThat(slo.exclusions())
        .containsExactly(
            new Exclusion.Recurring(
                LocalDateTime.of(2026, 1, 4, 2, 0),
                ZoneId.of("Europe/Berlin"),
                "FREQ=WEEKLY;BYDAY=SU",
                Duration.ofHours(2),
                "weekly work",
                null),
            new Exclusion.Once(
                Instant.parse("2026-03-01T10:00:00Z"),
                Instant.parse("2026-03-01T12:30:00Z"),
                "supplier down",
                "ana"));
  }

  /** Whoever mends the name should not find the next error then. */
  @Test
  void errorInMetadata_hidesNoOther() throws IOException {
    Objectives read =
        read(
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: Payments_API
              lables: {a: b}
              annotations: {pkgslo.io/min-bad: ten}
            spec:
              service: payments
              indicatorRef: missing
              timeWindow: [{duration: 120d, isRolling: true}]
              budgetingMethod: occurrences
              objectives:
                - target: 1.0
                - {target: 0.999, targetPercent: 99.9}
              alertPolicies: [no-such-policy]
            """);

    assertThat(read.slos()).isEmpty();
    for (String message :
        List.of(
            "name is 'Payments_API', expected 1 to 63",
            "unknown key 'lables' in metadata",
            "pkgslo.io/min-bad is 'ten', expected a whole number",
            "there is no SLI 'missing'",
            "duration is '120d'",
            "budgetingMethod is 'occurrences'",
            "target is '1.0'",
            "targetPercent",
            "there is no AlertPolicy 'no-such-policy'")) {
      assertThat(read.report()).contains(message);
    }
  }

  /** Also where both have other errors. */
  @Test
  void collidingNames_areFoundAmongOtherErrors() throws IOException {
    String slo =
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: %s}
        spec:
          service: s
          indicatorRef: missing
          timeWindow: [{duration: 30d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: %s
        ---
        """;
    String file =
        slo.formatted("a", "[{target: 0.9, displayName: x}, {target: 0.99, displayName: y}]")
            + slo.formatted("a-x", "[{target: 0.9}]");

    assertThat(read(file).report())
        .contains("there is no SLI 'missing'", "another objective is called 'a-x'");
  }

  /** pkgslo counts both sides of a ratio from the same items. */
  @Test
  void partsOfARatio_areOfQueriesAlone() throws IOException {
    String file = FULL.replace("ticket for=30m", "ticket each-part for=30m");

    assertThat(read(file).report())
        .contains("each-part is of a ratio of queries, expected it with type prometheus only");
  }

  /** 14.4 over 1 h of 30 d is 2 % of the budget, 3 over 1 d is 10 %. */
  @Test
  void policies_areTiers() throws IOException {
    Objectives read = read(POLICIES);

    assertThat(read.isValid()).as(read.report()).isTrue();
    Slo slo = read.slos().get(0);
    assertThat(slo.tiers())
        .containsExactly(
            BurnTier.of(new BigDecimal("0.02"), Duration.ofHours(1), Severity.PAGE)
                .timed(Duration.ofMinutes(2), Duration.ZERO),
            BurnTier.of(new BigDecimal("0.1"), Duration.ofDays(1), Severity.TICKET)
                .timed(Duration.ofHours(1), Duration.ZERO));
    assertThat(slo.alerting().noData())
        .isEqualTo(new NoDataAlert(Severity.TICKET, Duration.ofHours(1)));
    assertThat(read.problems())
        .allSatisfy(p -> assertThat(p.message()).contains("notificationTargets"));
  }

  @Test
  void v2alpha_isRead() throws IOException {
    Objectives read = read(V2);

    assertThat(read.problems()).isEmpty();
    assertThat(read.slos().get(0).source())
        .isEqualTo(
            new PrometheusQueries.Ratio(
                "sum(increase(http_total{code=\"200\"}[{{.window}}]))",
                false,
                "sum(increase(http_total[{{.window}}]))",
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3% sev1|120% sev1|expected a share of more than 0% and up to 100%",
        "1h: 3%|2h: 3%|tier of 2h, expected 1h, 6h, 1d or 3d",
        "1d: off|1h: off|two tiers of 1h, expected each window once",
        "for=2m|four=2m|expected for= and keep_firing_for= only, not 'four'",
        "pkgslo.io/for: 1m|pkgslo.io/for: 1x|pkgslo.io/for is '1x', expected a whole number",
        "min-bad: 5|min-bad: few|pkgslo.io/min-bad is 'few', expected a whole number",
        "ticket for=30m|maybe not|expected ignore, or a severity and for=",
        "FREQ=WEEKLY;BYDAY=SU|FREQ=WEEKLY;BYDAY=XX|expected one of RFC 5545",
        "FREQ=WEEKLY;BYDAY=SU|FREQ=SECONDLY|expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=WEEKLY;BYDAY=SU|FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|expected one of RFC 5545",
        "zone=Europe/Berlin|zone=Berlin|zone=, expected a time zone such as Europe/Berlin",
        "length=2h|length=8d|length=, expected a whole number",
        "who=ana |`` |no who=, expected it",
        "end=2026-03-01T12:30Z|end=2026-03-01T09:00Z|expected after its start",
        "kind: [server, client]|kind: [api, client]|kind is 'api', expected server, client",
        "kind: [server, client]|filter: {a: b}|'filter' is a mapping, expected text",
        "sli: latency|sli: trace|sli is 'trace', expected one of init-latency, panic-rate,"
            + " availability, latency, log, metric, runtime",
        "duration: 1M|duration: 2Q|expected up to 90 days or a quarter",
        "duration: 1M|duration: 1h|duration is '1h', expected days, weeks, months",
        "timeSliceWindow: 5\\n|timeSliceWindow: 2d\\n|timeSliceWindow is '2d', expected",
        "timeSliceTarget: 0.95|timeSliceTarget: 1.5|expected more than 0 and up to 1",
        "displayName: Gold|displayName: '0.999'|another objective is called",
        "displayName: Gold|indicatorRef: x|composite SLOs are not counted"
      })
  void error_isReported(String part, String instead, String message) throws IOException {
    String from = part.replace("\\n", "\n");
    assertThat(FULL).contains(from);
    Objectives read = read(FULL.replace(from, instead == null ? "" : instead.replace("\\n", "\n")));

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).extracting(Problem::message).anyMatch(m -> m.contains(message));
  }

  /** Nothing of what an author asks for is left out in silence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkgslo.io/min-bad: 3",
        "pkgslo.io/min-valid: 100",
        "pkgslo.io/exclusions: start=2026-03-01T10:00Z end=2026-03-01T12:30Z who=ana why=work"
      })
  void whatOnlyPkgsloCounts_isRefusedOverPrometheus(String annotation) throws IOException {
    Objectives read = read(V2.replace("labels: {env: prod}", "annotations: {" + annotation + "}"));

    assertThat(read.problems())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .contains("f.yaml:3:")
        .contains(annotation.split(":")[0] + " does not reach the queries of a Prometheus source");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alertPolicyRef: fast|alertPolicyRef: fest|there is no AlertPolicy 'fest'",
        "conditionRef: fast-burn|conditionRef: gone|there is no AlertCondition 'gone'",
        "indicatorRef: panics|indicatorRef: panic|there is no SLI 'panic'",
        "metricSourceRef: ours|metricSourceRef: theirs|there is no DataSource 'theirs'",
        "{target: mail}|{}|has no 'target'",
        "lookbackWindow: 1h|lookbackWindow: 2h|expected one of 1h, 6h, 1d, 3d",
        "threshold: 14.4|threshold: 1440|spends more than the whole budget in 1h",
        "lookbackWindow: 1d|lookbackWindow: 1h|two alert policies look back 1h",
        "target: 0.999|target: 0.9|the tier of 1h with burn rate 14.4 can never fire",
        "type: pkgslo|type: datadog|type is 'datadog', expected pkgslo or prometheus"
      })
  void errorOfAReference_isReported(String part, String instead, String message)
      throws IOException {
    assertThat(POLICIES).contains(part);

    Objectives read = read(POLICIES.replace(part, instead));

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).extracting(Problem::message).anyMatch(m -> m.contains(message));
  }

  @Test
  @Timeout(120)
  void mutations_neverThrow() throws IOException {
    Random random = new Random(3);
    String[] seeds = {FULL, POLICIES, V2};
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        int other = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
          case 1 -> text.insert(at, "{}[]:,&*!|>'\"%@`-?9a \n".charAt(random.nextInt(22)));
          case 2 -> text.insert(at, text.substring(other, Math.min(text.length(), other + 15)));
          default -> text.setCharAt(at, (char) random.nextInt(500));
        }
      }
      Objectives read = read(text.toString());
      if (read.isValid()) {
        String written = OpenSloWriter.write(read.slos());
        assertThat(read.slos().isEmpty() || read(written).slos().equals(read.slos()))
            .as("%s%n%s", text, written)
            .isTrue();
      }
    }
  }

  private Objectives read(String text) throws IOException {
    return ObjectiveFiles.read(Files.writeString(dir.resolve("f.yaml"), text));
  }
}
