// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Old evidence promotes nothing: while an open rollout's looks are older than the limit, its answer
 * is hold. A rollback stays, since it is latched.
 */
final class Staleness {
  /** Event time runs about 20 s behind the clock in a healthy pipeline; the rest is slack. */
  private static final Duration LIMIT = Duration.ofSeconds(50);

  private static final String ROLLBACK = "rollback";

  private final Clock clock;

  Staleness(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param throughMillis event time up to which every look is judged; null while unknown
   */
  RolloutView apply(RolloutView view, @Nullable Long throughMillis) {
    if (view.closedAt() != null || view.verdict().equals(ROLLBACK)) {
      return view;
    }
    long ageMillis = throughMillis == null ? Long.MAX_VALUE : clock.millis() - throughMillis;
    return ageMillis <= LIMIT.toMillis() ? view : view.held("stale-data", reason(ageMillis));
  }

  private static String reason(long ageMillis) {
    if (ageMillis == Long.MAX_VALUE) {
      return "hold: data is stale, nothing has been judged since the start";
    }
    return String.format(
        Locale.ROOT, "hold: data is stale, the newest look ended %d s ago", ageMillis / 1000);
  }
}
