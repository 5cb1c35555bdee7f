// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.Objective;
import java.math.BigDecimal;
import java.util.List;

/**
 * One objective as it is valid for events from a time on.
 *
 * @param target share of good events, in [0, 1)
 * @param windows the windows of burn rates, and the compliance period as the last one
 * @param thresholdNanos for latencies: strictly slower is bad
 * @param effectiveFromMillis event time from which it judges, inclusive
 */
public record ObjectiveVersion(
    String id,
    Sli sli,
    Glob service,
    Glob version,
    Glob goPackage,
    BigDecimal target,
    List<Window> windows,
    long thresholdNanos,
    long effectiveFromMillis,
    boolean apiCallsOnly) {

  public ObjectiveVersion {
    windows = List.copyOf(windows);
    if (id.isBlank()) {
      throw new IllegalArgumentException("an objective needs an id");
    }
    if (target.signum() < 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(id + ": target must be in [0, 1), was " + target);
    }
    if (sli == Sli.INIT_LATENCY && thresholdNanos <= 0) {
      throw new IllegalArgumentException(id + ": init latency needs a threshold");
    }
    if (sli == Sli.LATENCY && DurationThreshold.bucketAfter(thresholdNanos) < 0) {
      throw new IllegalArgumentException(
          id
              + ": threshold must be a bound of call durations (1 ms x 2^0 .. 2^"
              + (DurationBuckets.COUNT - 2)
              + "), was "
              + thresholdNanos
              + " ns");
    }
  }

  /**
   * An objective as it stands on its topic.
   *
   * @throws IllegalArgumentException when it makes no sense; the message says why
   */
  public static ObjectiveVersion of(Objective objective) {
    Sli sli =
        switch (objective.getSli()) {
          case INIT_LATENCY -> Sli.INIT_LATENCY;
          case PANIC_RATE -> Sli.PANIC_RATE;
          case AVAILABILITY -> Sli.AVAILABILITY;
          case LATENCY -> Sli.LATENCY;
          case RUNTIME, SLI_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(objective.getId() + ": unknown kind of SLI");
        };
    return new ObjectiveVersion(
        objective.getId(),
        sli,
        new Glob(objective.getService()),
        new Glob(objective.getVersion()),
        new Glob(objective.getPackage()),
        decimal(objective),
        Window.ofPeriod(objective.getPeriodSeconds()),
        objective.getThresholdNanos(),
        objective.getEffectiveFromMillis(),
        objective.getApiCallsOnly());
  }

  private static BigDecimal decimal(Objective objective) {
    try {
      return new BigDecimal(objective.getTarget());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          objective.getId() + ": target is no decimal: " + objective.getTarget(), e);
    }
  }

  /** The compliance period. */
  public Window period() {
    return windows.get(windows.size() - 1);
  }

  /**
   * Share of bad events that the target allows: 1 - target, subtracted in decimal, so that 1 -
   * 0.999 is 0.001.
   */
  public double allowedShare() {
    return BigDecimal.ONE.subtract(target).doubleValue();
  }

  boolean matches(SubjectKey subject) {
    return service.matches(subject.service())
        && version.matches(subject.version())
        && goPackage.matches(subject.goPackage());
  }

  /** True when it is meant for certain subjects and not for whatever there is. */
  boolean namesItsSubjects() {
    return !service.matchesEverything() || !goPackage.matchesEverything();
  }
}
