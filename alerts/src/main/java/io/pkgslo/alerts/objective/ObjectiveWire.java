// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.model.wire.CalendarPeriod;
import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.RuntimeCondition;
import io.pkgslo.model.wire.Selector;
import io.pkgslo.model.wire.SelectorLabel;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Objectives as the analyzer reads them. */
final class ObjectiveWire {
  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private ObjectiveWire() {}

  /**
   * {@code slo}, valid for events from {@code effectiveFromMillis} on.
   *
   * @param counted its source
   * @param now around which exclusions that recur are expanded
   */
  static Objective of(Slo slo, PackageSli counted, long effectiveFromMillis, Instant now) {
    Objective.Builder builder =
        Objective.newBuilder()
            .setId(slo.id())
            .setDisplayName(slo.displayName())
            .setTarget(slo.target().toPlainString())
            .setPeriodSeconds(slo.period().toSeconds())
            .setMinValidEvents(slo.alerting().minValid())
            .setMinBadEvents(slo.alerting().minBad())
            .setEffectiveFromMillis(effectiveFromMillis);
    addSource(builder, counted);
    addBudgeting(builder, slo.budgeting());
    if (slo.calendar() != null) {
      builder.setCalendar(calendar(slo.calendar()));
    }
    ExclusionExpansion.around(now, slo.exclusions())
        .forEach(
            interval ->
                builder.addExclusion(
                    Exclusion.newBuilder()
                        .setStartMillis(interval.start().toEpochMilli())
                        .setEndMillis(interval.end().toEpochMilli())
                        .setReason(interval.reason())
                        .setWho(interval.who())));
    return builder.build();
  }

  private static void addSource(Objective.Builder builder, PackageSli counted) {
    builder
        .setSli(counted.sli().wire())
        .setService(counted.service())
        .setVersion(counted.version())
        .setPackage(counted.goPackage())
        .setApiCallsOnly(counted.apiCallsOnly());
    counted.sortedKinds().forEach(kind -> builder.addKind(kind.otlp()));
    if (counted.threshold() != null) {
      builder.setThresholdNanos(counted.threshold().toNanos());
    }
    counted.durations().buckets().forEach(bound -> builder.addBucketNanos(bound.toNanos()));
    counted.durations().breaches().forEach(bound -> builder.addBreachNanos(bound.toNanos()));
    if (counted.isSelected()) {
      builder.setSelector(selector(counted.selector()));
    }
    RuntimeThreshold runtime = counted.runtime();
    if (runtime != null) {
      builder.setRuntime(
          RuntimeCondition.newBuilder()
              .setMetric(runtime.metric())
              .setAbove(runtime.above().toPlainString())
              .setConsecutiveSlices(runtime.slices()));
    }
  }

  private static Selector selector(ItemSelector items) {
    Selector.Builder selector =
        Selector.newBuilder().setFilter(items.filter()).setBadFilter(items.badFilter());
    if (items.metric() != null) {
      selector.setMetric(items.metric());
    }
    if (items.badMetric() != null) {
      selector.setBadMetric(items.badMetric());
    }
    if (items.above() != null) {
      selector.setAbove(items.above().toPlainString());
    }
    for (SeriesLabel label : items.labels()) {
      selector.addLabel(SelectorLabel.newBuilder().setName(label.name()).setPath(label.path()));
    }
    return selector.build();
  }

  private static void addBudgeting(Objective.Builder builder, Budgeting budgeting) {
    if (budgeting instanceof Budgeting.Timeslices slices) {
      builder
          .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
          .setSliceSeconds(slices.slice().toSeconds())
          .setSliceTarget(slices.sliceTarget().toPlainString());
    } else if (budgeting instanceof Budgeting.RatioTimeslices slices) {
      builder
          .setBudgetingMethod(Objective.BudgetingMethod.RATIO_TIMESLICES)
          .setSliceSeconds(slices.slice().toSeconds());
    }
  }

  private static CalendarPeriod calendar(CalendarWindow calendar) {
    return CalendarPeriod.newBuilder()
        .setStart(LOCAL_TIME.format(calendar.start()))
        .setTimeZone(calendar.zone().getId())
        .setUnit(
            switch (calendar.unit()) {
              case DAY -> CalendarPeriod.Unit.DAY;
              case WEEK -> CalendarPeriod.Unit.WEEK;
              case MONTH -> CalendarPeriod.Unit.MONTH;
              case QUARTER -> CalendarPeriod.Unit.QUARTER;
              case YEAR -> CalendarPeriod.Unit.YEAR;
            })
        .setCount(calendar.count())
        .build();
  }
}
