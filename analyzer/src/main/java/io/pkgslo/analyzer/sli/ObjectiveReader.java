// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.TimeInterval;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.Glob;
import io.pkgslo.model.SelectorId;
import io.pkgslo.model.filter.Filter;
import io.pkgslo.model.filter.FilterException;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.RuntimeCondition;
import io.pkgslo.model.wire.SelectorLabel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objectives as they stand on their topic, checked. */
final class ObjectiveReader {
  private ObjectiveReader() {}

  /**
   * @throws IllegalArgumentException when it makes no sense; the message begins with the id
   */
  static ObjectiveVersion read(Objective objective) {
    try {
      Sli sli = sli(objective);
      BigDecimal target = decimal("target", objective.getTarget());
      return new ObjectiveVersion(
          objective.getId(),
          sli,
          new SubjectPattern(
              new Glob(objective.getService()),
              new Glob(objective.getVersion()),
              new Glob(objective.getPackage())),
          target,
          windows(objective),
          CallFilter.of(
              objective.getKindList(), sli == Sli.AVAILABILITY || objective.getApiCallsOnly()),
          objective.getThresholdNanos(),
          budgeting(objective),
          new EventGuard(objective.getMinValidEvents(), objective.getMinBadEvents()),
          exclusions(objective),
          runtime(objective),
          selectorId(objective),
          DurationBounds.of(objective),
          BigDecimal.ONE.subtract(target).doubleValue(),
          objective);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(objective.getId() + ": " + e.getMessage(), e);
    }
  }

  private static Sli sli(Objective objective) {
    return switch (objective.getSli()) {
      case INIT_LATENCY -> Sli.INIT_LATENCY;
      case PANIC_RATE -> Sli.PANIC_RATE;
      case AVAILABILITY -> Sli.AVAILABILITY;
      case LATENCY -> Sli.LATENCY;
      case RUNTIME -> Sli.RUNTIME;
      case LOG -> Sli.LOG;
      case METRIC -> Sli.METRIC;
      case SLI_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown kind of SLI");
    };
  }

  /** What ingest cannot read would select nothing, without anybody noticing. */
  private static long selectorId(Objective objective) {
    try {
      Filter unusedFilter = Filter.parse(objective.getSelector().getFilter());
      Filter unusedBad = Filter.parse(objective.getSelector().getBadFilter());
      for (SelectorLabel label : objective.getSelector().getLabelList()) {
        Path unusedPath = Path.parse(label.getPath());
      }
    } catch (FilterException e) {
      throw new IllegalArgumentException("selector: " + e.getMessage(), e);
    }
    return SelectorId.of(objective);
  }

  private static List<Window> windows(Objective objective) {
    return objective.hasCalendar()
        ? Window.ofCalendar(objective.getPeriodSeconds(), Calendars.of(objective.getCalendar()))
        : Window.ofPeriod(objective.getPeriodSeconds());
  }

  private static Budgeting budgeting(Objective objective) {
    return switch (objective.getBudgetingMethod()) {
      case OCCURRENCES -> Budgeting.OCCURRENCES;
      case TIMESLICES ->
          new Budgeting(
              Budgeting.Method.TIMESLICES,
              objective.getSliceSeconds() * 1_000,
              decimal("slice target", objective.getSliceTarget()));
      case RATIO_TIMESLICES ->
          new Budgeting(
              Budgeting.Method.RATIO_TIMESLICES,
              objective.getSliceSeconds() * 1_000,
              BigDecimal.ONE);
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown budgeting method");
    };
  }

  private static List<Exclusion> exclusions(Objective objective) {
    return objective.getExclusionList().stream()
        .map(
            exclusion ->
                new Exclusion(
                    new TimeInterval(exclusion.getStartMillis(), exclusion.getEndMillis()),
                    exclusion.getReason(),
                    exclusion.getWho()))
        .toList();
  }

  private static @Nullable RuntimeLimit runtime(Objective objective) {
    if (objective.getSli() != Objective.Sli.RUNTIME) {
      return null;
    }
    RuntimeCondition condition = objective.getRuntime();
    RuntimeSignal signal = RuntimeSignal.named(condition.getMetric());
    if (signal == null) {
      throw new IllegalArgumentException("unknown runtime metric '" + condition.getMetric() + "'");
    }
    return new RuntimeLimit(
        signal,
        decimal("runtime threshold", condition.getAbove()).doubleValue(),
        Math.max(1, condition.getConsecutiveSlices()));
  }

  private static BigDecimal decimal(String what, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is no decimal: " + text, e);
    }
  }
}
