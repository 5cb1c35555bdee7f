// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.CalendarPeriod;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.RuntimeCondition;
import io.pkgslo.model.wire.Selector;
import io.pkgslo.model.wire.SelectorLabel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectiveWireTest {
  private static final Instant NOW = Instant.parse("2026-03-25T12:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void everyProperty_isOnTheWire() {
    PackageSli source =
        new PackageSli(
            Slo.Sli.LATENCY,
            "shop/*",
            "v1.*",
            "a/b",
            Set.of(SpanKind.CLIENT, SpanKind.SERVER),
            false,
            Duration.ofMillis(200),
            null,
            ItemSelector.NONE,
            new DurationBounds(
                List.of(Duration.ofMillis(50), Duration.ofMinutes(5)),
                List.of(Duration.ofSeconds(1))));
    Slo slo = withEverything(source);

    assertThat(ObjectiveWire.of(slo, source, 70_000, NOW))
        .isEqualTo(
            Objective.newBuilder()
                .setId("id")
                .setDisplayName("Name")
                .setSli(Objective.Sli.LATENCY)
                .setService("shop/*")
                .setVersion("v1.*")
                .setPackage("a/b")
                .addKind(2)
                .addKind(3)
                .setTarget("0.99")
                .setPeriodSeconds(2_592_000)
                .setThresholdNanos(200_000_000)
                .addBucketNanos(50_000_000)
                .addBucketNanos(300_000_000_000L)
                .addBreachNanos(1_000_000_000)
                .setEffectiveFromMillis(70_000)
                .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
                .setSliceSeconds(300)
                .setSliceTarget("0.95")
                .setMinValidEvents(100)
                .setMinBadEvents(5)
                .setCalendar(
                    CalendarPeriod.newBuilder()
                        .setStart("2026-01-01 00:00:00")
                        .setTimeZone("Europe/Berlin")
                        .setUnit(CalendarPeriod.Unit.MONTH)
                        .setCount(1))
                .addExclusion(
                    io.pkgslo.model.wire.Exclusion.newBuilder()
                        .setStartMillis(NOW.toEpochMilli() - 60_000)
                        .setEndMillis(NOW.toEpochMilli())
                        .setReason("supplier")
                        .setWho("ana"))
                .build());
  }

  @Test
  void selector_isOnTheWire() {
    PackageSli source =
        new PackageSli(
            Slo.Sli.METRIC,
            "*",
            "*",
            "*",
            Set.of(),
            false,
            null,
            null,
            new ItemSelector(
                "a == 1",
                "b == 2",
                "orders",
                "failed",
                new BigDecimal("0.50"),
                List.of(new SeriesLabel("region", "cloud.region"))));

    assertThat(ObjectiveWire.of(withEverything(source), source, 0, NOW).getSelector())
        .isEqualTo(
            Selector.newBuilder()
                .setFilter("a == 1")
                .setBadFilter("b == 2")
                .setMetric("orders")
                .setBadMetric("failed")
                .setAbove("0.5")
                .addLabel(SelectorLabel.newBuilder().setName("region").setPath("cloud.region"))
                .build());
  }

  @Test
  void runtime_isOnTheWire() {
    PackageSli source =
        new PackageSli(
            Slo.Sli.RUNTIME,
            "*",
            "*",
            "*",
            Set.of(),
            false,
            null,
            new RuntimeThreshold("go.goroutine.count", new BigDecimal("5000"), 3));
    Slo slo =
        new Slo(
            "id",
            "id",
            source,
            new BigDecimal("0.99"),
            MONTH,
            null,
            new Budgeting.RatioTimeslices(Duration.ofMinutes(1)),
            Alerting.defaultsFor(MONTH),
            List.of(),
            Notes.NONE);

    Objective wire = ObjectiveWire.of(slo, source, 0, NOW);

    assertThat(wire.getSli()).isEqualTo(Objective.Sli.RUNTIME);
    assertThat(wire.getRuntime())
        .isEqualTo(
            RuntimeCondition.newBuilder()
                .setMetric("go.goroutine.count")
                .setAbove("5000")
                .setConsecutiveSlices(3)
                .build());
    assertThat(wire.getBudgetingMethod()).isEqualTo(Objective.BudgetingMethod.RATIO_TIMESLICES);
    assertThat(wire.hasCalendar()).isFalse();
  }

  private static Slo withEverything(PackageSli source) {
    CalendarWindow calendar =
        new CalendarWindow(
            LocalDateTime.of(2026, 1, 1, 0, 0),
            ZoneId.of("Europe/Berlin"),
            CalendarWindow.Unit.MONTH,
            1);
    Exclusion exclusion = new Exclusion.Once(NOW.minusSeconds(60), NOW, "supplier", "ana");
    return new Slo(
        "id",
        "Name",
        source,
        new BigDecimal("0.99"),
        MONTH,
        calendar,
        new Budgeting.Timeslices(Duration.ofMinutes(5), new BigDecimal("0.95")),
        new Alerting(List.of(), 100, 5, null),
        List.of(exclusion),
        Notes.NONE);
  }
}
