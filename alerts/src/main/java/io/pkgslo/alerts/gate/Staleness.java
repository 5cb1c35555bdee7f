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
  static final String RULE = "data-stale";

  private static final String ROLLBACK = "rollback";
  private static final long MILLIS_PER_SECOND = 1000;

  private final Clock clock;
  private final StalenessLimits limits;

  Staleness(Clock clock, StalenessLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /** The answer about {@code view} for people: a closed rollout keeps its last word. */
  RolloutView apply(RolloutView view, Freshness freshness) {
    return view.closedAt() != null ? view : applyAlsoClosed(view, freshness);
  }

  /** The answer about {@code view} for whoever acts on it. */
  RolloutView applyAlsoClosed(RolloutView view, Freshness freshness) {
    if (view.verdict().equals(ROLLBACK)) {
      return view;
    }
    String reason = reason(freshness);
    return reason == null ? view : view.held(RULE, reason);
  }

  /** Why nothing may be promoted now; null when all is fresh. */
  @Nullable String reason(Freshness freshness) {
    Long through = freshness.dataThroughMillis();
    Long heard = freshness.dataHeardMillis();
    Long judged = freshness.judgedThroughMillis();
    if (through == null || heard == null || judged == null) {
      return "hold: data is stale, nothing has been counted since the start";
    }
    long now = clock.millis();
    if (exceeds(now - heard, limits.silence())) {
      return said("the analyzer has said nothing for %d s", now - heard);
    }
    if (exceeds(now - through, limits.data())) {
      return said("the newest is %d s old", now - through);
    }
    if (exceeds(now - judged, limits.look())) {
      return said("the newest look ended %d s ago", now - judged);
    }
    return null;
  }

  private static boolean exceeds(long ageMillis, Duration limit) {
    return ageMillis > limit.toMillis();
  }

  private static String said(String what, long ageMillis) {
    return "hold: data is stale, "
        + String.format(Locale.ROOT, what, ageMillis / MILLIS_PER_SECOND);
  }
}
