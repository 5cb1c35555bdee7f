// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.Exclusion;
import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.SeriesLabel;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.SpanKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Objectives of every kind that files can say, from a seed. */
final class RandomSlos {
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "with: colon",
          "- dash",
          "# hash",
          "äöü 日本",
          "quote \" and ' too",
          "yes",
          "007",
          "a\\b",
          "{x}",
          "%d",
          "null",
          "2026-01-01",
          "*",
          "trailing ");

  private final Random random;

  RandomSlos(long seed) {
    this.random = new Random(seed);
  }

  Slo next(int number) {
    CalendarWindow calendar = random.nextInt(4) == 0 ? calendar() : null;
    Duration period =
        calendar == null
            ? Duration.ofMinutes(1 + random.nextInt(90 * 24 * 60))
            : calendar.nominalLength();
    SliSource source = source();
    // Near enough to 1 for every tier, whose highest factor is the whole budget's.
    BigDecimal target =
        BigDecimal.ONE.subtract(
            new BigDecimal(BigInteger.valueOf(1 + random.nextInt(400_000)), 12));
    return new Slo(
        "slo-" + number,
        random.nextBoolean() ? "slo-" + number : text(),
        source,
        target,
        period,
        calendar,
        budgeting(),
        alerting(period, source),
        source instanceof PackageSli ? exclusions() : List.of(),
        notes("slo-" + number));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private CalendarWindow calendar() {
    CalendarWindow.Unit unit = CalendarWindow.Unit.values()[random.nextInt(4)];
    LocalDateTime start =
        LocalDateTime.of(2026, 1 + random.nextInt(12), 1, random.nextInt(24), 0, 30);
    return new CalendarWindow(
        start, ZoneId.of("Europe/Berlin"), unit, unit == CalendarWindow.Unit.QUARTER ? 1 : 2);
  }

  private SliSource source() {
    return switch (random.nextInt(9)) {
      case 0 ->
          new PrometheusQueries.Raw(
              "avg(avg_over_time(ratio{a=\"b\"}[{{.window}}]))", random.nextBoolean());
      case 1 ->
          new PrometheusQueries.Ratio(
              "sum(increase(bad_total[{{.window}}]))",
              random.nextBoolean(),
              "sum(increase(all[{{.window}}]))",
              random.nextBoolean());
      case 2 ->
          new PrometheusQueries.Threshold(
              "max(queue_length)",
              PrometheusQueries.Op.values()[random.nextInt(4)],
              new BigDecimal(random.nextInt(2_000) - 1_000).movePointLeft(random.nextInt(5)));
      case 3 -> runtime();
      case 4 -> selected(Slo.Sli.LOG, logs());
      case 5 -> selected(Slo.Sli.METRIC, metrics());
      default -> counted();
    };
  }

  private PackageSli runtime() {
    return new PackageSli(
        Slo.Sli.RUNTIME,
        "shop/*",
        "*",
        "*",
        Set.of(),
        false,
        null,
        new RuntimeThreshold(
            "go.goroutine.count", new BigDecimal(random.nextInt(100_000)), 1 + random.nextInt(9)));
  }

  private PackageSli selected(Slo.Sli sli, ItemSelector selector) {
    return new PackageSli(
        sli,
        random.nextBoolean() ? "*" : "shop/check*",
        "*",
        "*",
        Set.of(),
        false,
        null,
        null,
        selector);
  }

  private ItemSelector logs() {
    return random.nextBoolean()
        ? new ItemSelector(filter(), "severity >= ERROR", null, null, null, labels())
        : new ItemSelector(
            filter(), "", "attributes[\"duration_ms\"]", null, new BigDecimal("250"), labels());
  }

  private ItemSelector metrics() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new ItemSelector(
              filter(), "outcome != 'ok'", "shop.orders", "shop.orders", null, labels());
      case 1 ->
          new ItemSelector(
              filter(),
              random.nextBoolean() ? "" : "fatal == true",
              "shop.orders",
              "shop.order_errors",
              null,
              labels());
      default ->
          new ItemSelector(
              filter(), "", "http.server.request.duration", null, new BigDecimal("0.5"), labels());
    };
  }

  private String filter() {
    return random.nextBoolean() ? "" : "tenant in [\"gold\", 'it\\'s'] and not (a.b == 1.5)";
  }

  private List<SeriesLabel> labels() {
    return random.nextBoolean()
        ? List.of()
        : List.of(
            new SeriesLabel("region", "cloud.region"),
            new SeriesLabel("tenant", "resource.attributes[\"tenant id\"]"));
  }

  private PackageSli counted() {
    Slo.Sli sli = Slo.Sli.values()[random.nextInt(4)];
    Duration threshold =
        switch (sli) {
          case LATENCY, INIT_LATENCY -> Duration.ofNanos(1 + random.nextInt(2_000_000_000));
          case PANIC_RATE, AVAILABILITY, RUNTIME, LOG, METRIC, PROMETHEUS -> null;
        };
    boolean calls = sli == Slo.Sli.LATENCY || sli == Slo.Sli.AVAILABILITY;
    boolean api = sli == Slo.Sli.LATENCY && random.nextBoolean();
    Set<SpanKind> kinds = EnumSet.noneOf(SpanKind.class);
    for (SpanKind kind : SpanKind.values()) {
      if (calls && !api && random.nextInt(3) == 0) {
        kinds.add(kind);
      }
    }
    ItemSelector selector = calls ? ItemSelector.of(filter(), labels()) : ItemSelector.NONE;
    return new PackageSli(
        sli,
        random.nextBoolean() ? "*" : "shop/check*",
        random.nextBoolean() ? "*" : "v1.*",
        random.nextBoolean() ? "*" : "github.com/acme/shop/*",
        kinds,
        api,
        threshold,
        null,
        selector,
        threshold != null && selector.equals(ItemSelector.NONE)
            ? new DurationBounds(bounds(), bounds())
            : DurationBounds.NONE);
  }

  private List<Duration> bounds() {
    return random
        .longs(random.nextInt(5), 1, 86_400_000)
        .sorted()
        .distinct()
        .mapToObj(Duration::ofMillis)
        .toList();
  }

  private Budgeting budgeting() {
    Duration slice = Duration.ofMinutes(1 + random.nextInt(1_440));
    return switch (random.nextInt(3)) {
      case 0 ->
          new Budgeting.Timeslices(slice, new BigDecimal(1 + random.nextInt(100)).movePointLeft(2));
      case 1 -> new Budgeting.RatioTimeslices(slice);
      default -> Budgeting.OCCURRENCES;
    };
  }

  private Alerting alerting(Duration period, SliSource source) {
    boolean counted = source instanceof PackageSli;
    List<BurnTier> tiers = new ArrayList<>();
    for (BurnTier usual : BurnTier.defaultsFor(period)) {
      if (random.nextInt(4) > 0) {
        BurnTier own =
            BurnTier.of(
                random.nextBoolean()
                    ? usual.budgetShare()
                    : new BigDecimal(1 + random.nextInt(1_000_000)).movePointLeft(6),
                usual.longWindow(),
                random.nextBoolean() ? Severity.PAGE : new Severity("sev-1"));
        tiers.add(own.timed(hold(), hold()));
      }
    }
    boolean eachPart = source instanceof PrometheusQueries.Ratio && random.nextBoolean();
    NoDataAlert noData =
        random.nextBoolean()
            ? null
            : new NoDataAlert(Severity.TICKET, Duration.ofMinutes(90), eachPart);
    return counted
        ? new Alerting(tiers, random.nextInt(3), random.nextInt(3) * 1_000L, noData)
        : new Alerting(tiers, 0, 0, noData);
  }

  private Duration hold() {
    return random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(604_800));
  }

  private List<Exclusion> exclusions() {
    List<Exclusion> exclusions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Instant start = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
      exclusions.add(
          random.nextBoolean()
              ? new Exclusion.Once(
                  start, start.plusSeconds(1 + random.nextInt(100_000)), text(), text())
              : new Exclusion.Recurring(
                  LocalDateTime.of(2026, 3, 1, random.nextInt(24), random.nextInt(60)),
                  ZoneId.of("America/New_York"),
                  "FREQ=WEEKLY;BYDAY=SU,MO",
                  Duration.ofMinutes(1 + random.nextInt(10_080)),
                  text(),
                  random.nextBoolean() ? null : text()));
    }
    return exclusions;
  }

  private Notes notes(String id) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    Map<String, List<String>> annotations = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      labels.put("team", List.of(text()));
      labels.put("tier.one", List.of(text(), text()));
      annotations.put("example.com/dashboard", List.of(text()));
    }
    return new Notes(
        random.nextBoolean() ? id : "other-service",
        random.nextBoolean() ? null : "first line\nsecond: line",
        random.nextBoolean() ? null : "team " + "blue",
        random.nextBoolean() ? null : "https://example.com/run?a=b#c",
        labels,
        annotations);
  }
}
