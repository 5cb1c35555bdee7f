// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which analysis of Flagger means which rollout. Flagger names no version: without this the
 * rollback of one release would also be told to the next one, while it has no rollout of its own
 * yet. A rollout belongs to the first analysis that asks for it, and only if that was heard of
 * before the rollout opened: after a restart, or on another replica, an old rollout would otherwise
 * be the next release's. Kept in memory, bounded; what was used longest ago is forgotten.
 * Thread-safe.
 */
final class Analyses {
  /** Buckets are cut by the clock of the traffic, hooks by Flagger's interval. */
  private static final Duration SLACK = Duration.ofMinutes(2);

  private static final int MAX_KNOWN = 10_000;

  private final Clock clock;
  private final Map<String, String> analysisByRollout = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Instant> firstHeard = new LinkedHashMap<>(16, 0.75f, true);

  Analyses(Clock clock) {
    this.clock = clock;
  }

  /** Every hook says that its analysis exists. */
  synchronized void heard(String analysis) {
    firstHeard.computeIfAbsent(analysis, a -> clock.instant());
    bound(firstHeard);
  }

  /** Whether {@code rollout} opened under {@code analysis}, and no other one asked before. */
  synchronized boolean owns(String analysis, RolloutView rollout) {
    Instant heard = firstHeard.get(analysis);
    if (heard == null || rollout.openedAt().isBefore(heard.minus(SLACK))) {
      return false;
    }
    String owner = analysisByRollout.computeIfAbsent(rollout.id(), r -> analysis);
    bound(analysisByRollout);
    return owner.equals(analysis);
  }

  private static void bound(Map<String, ?> known) {
    if (known.size() > MAX_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
  }
}
