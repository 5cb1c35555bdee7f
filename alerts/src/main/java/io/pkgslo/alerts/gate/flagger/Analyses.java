// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which analysis of Flagger saw which rollout first. Flagger names no version: without this the
 * rollback of one release would also be told to the next one, while it has no rollout of its own
 * yet. Kept in memory, bounded; the one that was used longest ago is forgotten. Thread-safe.
 */
final class Analyses {
  private static final int MAX_ROLLOUTS = 10_000;

  private final Map<String, String> analysisByRollout = new LinkedHashMap<>(16, 0.75f, true);

  /** Whether {@code rollout} belongs to {@code analysis}, which it does when it is the first. */
  synchronized boolean owns(String analysis, String rollout) {
    String owner = analysisByRollout.computeIfAbsent(rollout, r -> analysis);
    if (analysisByRollout.size() > MAX_ROLLOUTS) {
      analysisByRollout.remove(analysisByRollout.keySet().iterator().next());
    }
    return owner.equals(analysis);
  }
}
