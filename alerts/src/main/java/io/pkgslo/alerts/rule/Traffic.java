// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subject of an objective did, minute by minute, and what follows from that by the
 * definitions of burn rate and budget. Counts are whole, so that sums are exact and each ratio is
 * the same double that Prometheus computes.
 */
final class Traffic {
  private final Slo slo;
  private final boolean inSteps;
  private final long[] valid;
  private final long[] bad;

  /**
   * @param inSteps true for windows that end at bounds of their summands, as portable rules have
   *     them; false for windows to the minute
   */
  Traffic(Slo slo, boolean inSteps, List<Phase> phases) {
    this.slo = slo;
    this.inSteps = inSteps;
    int minutes = phases.stream().mapToInt(Phase::minutes).sum();
    this.valid = new long[minutes + 1];
    this.bad = new long[minutes + 1];
    int minute = 0;
    for (Phase phase : phases) {
      for (int i = 0; i < phase.minutes(); i++, minute++) {
        valid[minute + 1] = valid[minute] + phase.valid();
        bad[minute + 1] = bad[minute] + phase.bad();
      }
    }
  }

  /** The last minute that is known. */
  int lastMinute() {
    return valid.length - 1;
  }

  /** Valid events so far, for each minute. */
  long[] valid() {
    return valid.clone();
  }

  /** Bad events so far, for each minute. */
  long[] bad() {
    return bad.clone();
  }

  /** Burn rate over a window that ends at {@code minute}; null without, or with too few events. */
  @Nullable Double burnRate(int minute, Duration window) {
    boolean enough =
        sum(valid, minute, window) >= slo.alerting().minValid()
            && sum(bad, minute, window) >= slo.alerting().minBad();
    return enough ? share(minute, window) : null;
  }

  /** Whether there was an event, and none in {@code after} before a minute. */
  boolean hasEnded(int minute, Duration after) {
    long before = minute - after.toMinutes();
    return before >= 0 && valid[minute] > 0 && valid[minute] == valid[(int) before];
  }

  /** Share of the budget that is spent; null without data. */
  @Nullable Double consumed(int minute) {
    return share(minute, slo.period());
  }

  /** Share of the budget that is left; null without data. */
  @Nullable Double remaining(int minute) {
    Double consumed = consumed(minute);
    return consumed == null ? null : 1 - consumed;
  }

  /** Seconds until the budget is spent at the rate of the last hour; null while nothing burns. */
  @Nullable Double timeLeft(int minute) {
    Double remaining = remaining(minute);
    Double burn = burnRate(minute, Duration.ofHours(1));
    if (remaining == null || burn == null || burn == 0) {
      return null;
    }
    return Math.max(remaining, 0) * slo.period().toSeconds() / burn;
  }

  /** Bad events that an alert's text tells. */
  long countedBad(int minute) {
    return inSteps ? sum(bad, minute, slo.period()) : bad[minute];
  }

  /** Valid events that an alert's text tells. */
  long countedValid(int minute) {
    return inSteps ? sum(valid, minute, slo.period()) : valid[minute];
  }

  boolean noData(int minute) {
    return exactSum(valid, minute, slo.period()) == 0 && exactSum(bad, minute, slo.period()) == 0;
  }

  private @Nullable Double share(int minute, Duration window) {
    double badSum = sum(bad, minute, window);
    double validSum = sum(valid, minute, window);
    if (validSum == 0) {
      validSum = badSum;
    }
    double budget = BigDecimal.ONE.subtract(slo.target()).doubleValue();
    return validSum == 0 ? null : badSum / validSum / budget;
  }

  private long sum(long[] counter, int minute, Duration window) {
    int width = inSteps ? (int) PortableRecords.width(window).toMinutes() : 1;
    return exactSum(counter, minute - minute % width, window);
  }

  private static long exactSum(long[] counter, int minute, Duration window) {
    long start = Math.max(0, minute - window.toMinutes());
    return counter[minute] - counter[(int) start];
  }
}
