// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Old evidence promotes nothing: while data does not arrive any more, or is not judged any more,
 * the answer about an open rollout is hold. A rollback stays, since it is latched.
 */
final class Staleness {
  /** In a healthy pipeline counted data is some 20 s old; half a minute of silence is the limit. */
  private static final Duration DATA_LIMIT = Duration.ofSeconds(50);

  /** A look is judged when its minute is over and settled, so up to 90 s may lie behind it. */
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(150);

  private static final String ROLLBACK = "rollback";
  private static final String RULE = "data-stale";

  private final Clock clock;

  Staleness(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param dataThroughMillis event time up to which everything is counted; null while unknown
   * @param judgedThroughMillis event time up to which every look is judged; null while unknown
   */
  RolloutView apply(
      RolloutView view, @Nullable Long dataThroughMillis, @Nullable Long judgedThroughMillis) {
    if (view.closedAt() != null || view.verdict().equals(ROLLBACK)) {
      return view;
    }
    if (dataThroughMillis == null || judgedThroughMillis == null) {
      return view.held(RULE, "hold: data is stale, nothing has been counted since the start");
    }
    String reason =
        reason(clock.millis() - dataThroughMillis, clock.millis() - judgedThroughMillis);
    return reason == null ? view : view.held(RULE, reason);
  }

  private static @Nullable String reason(long dataAgeMillis, long lookAgeMillis) {
    if (dataAgeMillis > DATA_LIMIT.toMillis()) {
      return String.format(
          Locale.ROOT, "hold: data is stale, the newest is %d s old", dataAgeMillis / 1000);
    }
    if (lookAgeMillis > LOOK_LIMIT.toMillis()) {
      return String.format(
          Locale.ROOT, "hold: data is stale, the newest look ended %d s ago", lookAgeMillis / 1000);
    }
    return null;
  }
}
