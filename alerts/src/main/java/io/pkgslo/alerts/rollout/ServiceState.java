// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.List;
import java.util.Map;

/**
 * What must be remembered of one service to open, continue and close its rollouts.
 *
 * @param history minutes with calls, oldest first, of the last hour
 * @param firstSeenMillis start of the first minute with calls, by version; versions silent for more
 *     than a day are forgotten
 * @param lastSeenMillis likewise of the last minute
 * @param rollouts open ones, and those that closed within a day
 */
record ServiceState(
    String service,
    List<MinuteCalls> history,
    Map<String, Long> firstSeenMillis,
    Map<String, Long> lastSeenMillis,
    List<RolloutState> rollouts) {

  ServiceState {
    history = List.copyOf(history);
    firstSeenMillis = Map.copyOf(firstSeenMillis);
    lastSeenMillis = Map.copyOf(lastSeenMillis);
    rollouts = List.copyOf(rollouts);
  }

  static ServiceState initial(String service) {
    return new ServiceState(service, List.of(), Map.of(), Map.of(), List.of());
  }

  boolean hasOpenRollout() {
    return rollouts.stream().anyMatch(RolloutState::isOpen);
  }
}
