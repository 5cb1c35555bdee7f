// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.TimeInterval;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SelectorLabel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One objective as it is valid for events from a time on.
 *
 * @param target share of good events, in [0, 1)
 * @param windows the windows of burn rates, and the compliance period as the last one
 * @param calls which calls are its events
 * @param thresholdNanos for latencies: strictly slower is bad
 * @param exclusions time that does not count
 * @param runtime only of {@link Sli#RUNTIME}
 * @param selectorId of its selector; 0 when the SLI alone says what its events are
 * @param durations only of latencies of all calls or inits
 * @param allowedShare share of bad events that the target allows: 1 - target, subtracted in
 *     decimal, so that 1 - 0.999 is 0.001
 * @param wire as it stands on its topic
 */
public record ObjectiveVersion(
    String id,
    Sli sli,
    SubjectPattern subjects,
    BigDecimal target,
    List<Window> windows,
    CallFilter calls,
    long thresholdNanos,
    Budgeting budgeting,
    EventGuard guard,
    List<Exclusion> exclusions,
    @Nullable RuntimeLimit runtime,
    long selectorId,
    DurationBounds durations,
    double allowedShare,
    Objective wire) {
  public ObjectiveVersion {
    windows = List.copyOf(windows);
    exclusions = List.copyOf(exclusions);
    if (id.isBlank()) {
      throw new IllegalArgumentException("an objective needs an id");
    }
    if (target.signum() < 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("target must be in [0, 1), was " + target);
    }
    if ((sli == Sli.INIT_LATENCY || sli == Sli.LATENCY) && thresholdNanos <= 0) {
      throw new IllegalArgumentException("latency needs a threshold");
    }
    if ((sli == Sli.RUNTIME) != (runtime != null)) {
      throw new IllegalArgumentException("a runtime condition belongs to runtime objectives");
    }
    if ((sli == Sli.LOG || sli == Sli.METRIC) && selectorId == 0) {
      throw new IllegalArgumentException("logs and metrics need a selector");
    }
    if (selectorId != 0 && !sli.isSelectable()) {
      throw new IllegalArgumentException("a selector belongs to calls, logs and metrics only");
    }
    if (!durations.isEmpty()
        && (selectorId != 0 || (sli != Sli.INIT_LATENCY && sli != Sli.LATENCY))) {
      throw new IllegalArgumentException("bounds of time belong to latencies without a selector");
    }
    if (sli == Sli.RUNTIME && budgeting.inSlices()) {
      throw new IllegalArgumentException("runtime objectives have slices of their own");
    }
  }

  /**
   * An objective as it stands on its topic.
   *
   * @throws IllegalArgumentException when it makes no sense; the message says why
   */
  public static ObjectiveVersion of(Objective objective) {
    return ObjectiveReader.read(objective);
  }

  /** Event time from which it judges, inclusive. */
  public long effectiveFromMillis() {
    return wire.getEffectiveFromMillis();
  }

  /** The compliance period. */
  public Window period() {
    return windows.get(windows.size() - 1);
  }

  /** Names of the labels that tell its series of one subject apart, in their order. */
  public List<String> labelNames() {
    return wire.getSelector().getLabelList().stream().map(SelectorLabel::getName).toList();
  }

  /** Likewise, without a list of them. */
  boolean tellsApartBy(List<String> names) {
    int labels = wire.getSelector().getLabelCount();
    return labels == 0 ? names.isEmpty() : labelNames().equals(names);
  }

  boolean matches(SubjectKey subject) {
    // What is known of a runtime is of a whole process, and never of a package.
    return (sli == Sli.RUNTIME) == subject.goPackage().equals(SubjectLedger.RUNTIME)
        && subjects.matches(subject);
  }

  /** True when it is meant for certain subjects and not for whatever there is. */
  boolean namesItsSubjects() {
    return subjects.namesItsSubjects() || sli == Sli.RUNTIME;
  }

  /** True when events of this time do not count. */
  boolean excludes(long epochMillis) {
    for (Exclusion exclusion : exclusions) {
      if (exclusion.interval().has(epochMillis)) {
        return true;
      }
    }
    return false;
  }

  /** Excluded time as windows leave it out: slices that it touches are left out whole. */
  List<TimeInterval> excludedIntervals() {
    return TimeInterval.merged(
        exclusions.stream()
            .map(Exclusion::interval)
            .map(i -> budgeting.inSlices() ? i.widened(budgeting.sliceMillis()) : i)
            .toList());
  }
}
