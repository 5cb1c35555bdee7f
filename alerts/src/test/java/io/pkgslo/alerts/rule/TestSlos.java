// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.SeriesLabel;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objectives for tests. */
final class TestSlos {
  private TestSlos() {}

  static Slo availability(String target, Duration period) {
    return new Slo(
        "checkout-" + target.replace('.', '-') + "-" + period.toDays() + "d",
        "Checkout {{ answers }}",
        Slo.Sli.AVAILABILITY,
        "shop/*",
        "github.com/acme/shop/*",
        new BigDecimal(target),
        period,
        null,
        BurnTier.defaultsFor(period),
        "https://runbooks.example.com/checkout?a=1&b=\"2\"");
  }

  /** A month in Berlin. */
  static Slo monthly() {
    CalendarWindow month =
        new CalendarWindow(
            LocalDateTime.of(2026, 1, 1, 0, 0),
            ZoneId.of("Europe/Berlin"),
            CalendarWindow.Unit.MONTH,
            1);
    return slo(
        "monthly",
        PackageSli.everywhere(Slo.Sli.AVAILABILITY, null),
        month,
        Alerting.defaultsFor(month.nominalLength()));
  }

  /** Of the log records of each region and tenant. */
  static Slo labelled() {
    Duration period = Duration.ofDays(7);
    return slo(
        "labelled",
        new PackageSli(
            Slo.Sli.LOG,
            "shop/*",
            "*",
            "*",
            Set.of(),
            false,
            null,
            null,
            new ItemSelector(
                "event == \"charged\"",
                "severity >= ERROR",
                null,
                null,
                null,
                List.of(
                    new SeriesLabel("region", "cloud.region"),
                    new SeriesLabel("tenant", "tenant.id")))),
        null,
        new Alerting(
            BurnTier.defaultsFor(period),
            0,
            0,
            new NoDataAlert(Severity.TICKET, Duration.ofMinutes(30))));
  }

  /** With all conditions that an objective can have. */
  static Slo guarded() {
    return slo(
        "guarded",
        PackageSli.everywhere(Slo.Sli.PANIC_RATE, null),
        null,
        new Alerting(
            List.of(
                BurnTier.of(new BigDecimal("0.02"), Duration.ofHours(1), new Severity("sev1"))
                    .timed(Duration.ofMinutes(4), Duration.ofMinutes(90)),
                BurnTier.of(new BigDecimal("0.1"), Duration.ofDays(3), Severity.TICKET)
                    .timed(Duration.ofMinutes(15), Duration.ZERO)),
            1_000,
            3,
            new NoDataAlert(Severity.PAGE, Duration.ofHours(1))));
  }

  /** As Sloth's documentation has them. */
  static Slo queries() {
    String total = "sum(rate(http_request_duration_seconds_count{job=\"myservice\"}[{{.window}}]))";
    Duration period = Duration.ofDays(30);
    return slo(
        "queries",
        new PrometheusQueries.Ratio(
            total.replace("myservice\"", "myservice\",code=~\"(5..|429)\""), true, total, true),
        null,
        new Alerting(
            BurnTier.defaultsFor(period),
            0,
            0,
            new NoDataAlert(Severity.TICKET, Duration.ofMinutes(30))));
  }

  static Slo slo(
      String id, SliSource source, @Nullable CalendarWindow calendar, Alerting alerting) {
    return new Slo(
        id,
        "Objective " + id,
        source,
        new BigDecimal("0.999"),
        calendar == null ? Duration.ofDays(30) : calendar.nominalLength(),
        calendar,
        Budgeting.OCCURRENCES,
        alerting,
        List.of(),
        new Notes("shop", null, "team-shop", null, Map.of(), Map.of()));
  }
}
