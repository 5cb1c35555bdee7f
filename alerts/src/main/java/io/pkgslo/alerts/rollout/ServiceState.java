// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be remembered of one service to open, judge and close its rollouts.
 *
 * @param history minutes with calls, oldest first, of the last hour
 * @param firstSeenMillis start of the first minute with calls, by version; versions silent for more
 *     than a day are forgotten
 * @param lastSeenMillis likewise of the last minute
 * @param rollouts open ones, and those that closed within a day
 * @param archives what each arm did, by arm
 * @param rolledBack ids of the rollouts that ended in rollback, by digest of the release or,
 *     without one, by its name; at most {@value #MAX_ROLLED_BACK} releases are remembered
 * @param told ids of rollouts that are not in {@code rollouts} any more, but still among the
 *     verdicts, because no newer one took their place
 */
record ServiceState(
    String service,
    List<MinuteCalls> history,
    Map<String, Long> firstSeenMillis,
    Map<String, Long> lastSeenMillis,
    List<RolloutState> rollouts,
    Map<String, ArmArchive> archives,
    Map<String, List<String>> rolledBack,
    List<String> told) {
  static final int MAX_ROLLED_BACK = 200;

  private static final int MAX_IDS = 20;

  ServiceState {
    history = List.copyOf(history);
    firstSeenMillis = Map.copyOf(firstSeenMillis);
    lastSeenMillis = Map.copyOf(lastSeenMillis);
    rollouts = List.copyOf(rollouts);
    archives = Map.copyOf(archives);
    rolledBack = Map.copyOf(rolledBack);
    told = List.copyOf(told);
  }

  static ServiceState initial(String service) {
    return new ServiceState(
        service, List.of(), Map.of(), Map.of(), List.of(), Map.of(), Map.of(), List.of());
  }

  boolean hasOpenRollout() {
    return rollouts.stream().anyMatch(RolloutState::isOpen);
  }

  ServiceState withVersions(
      List<MinuteCalls> newHistory, Map<String, Long> newFirstSeen, Map<String, Long> newLastSeen) {
    return new ServiceState(
        service, newHistory, newFirstSeen, newLastSeen, rollouts, archives, rolledBack, told);
  }

  ServiceState withRollouts(List<RolloutState> newRollouts) {
    return new ServiceState(
        service, history, firstSeenMillis, lastSeenMillis, newRollouts, archives, rolledBack, told);
  }

  ServiceState withArchives(Map<String, ArmArchive> newArchives) {
    return new ServiceState(
        service, history, firstSeenMillis, lastSeenMillis, rollouts, newArchives, rolledBack, told);
  }

  ServiceState withTold(List<String> newTold) {
    return new ServiceState(
        service, history, firstSeenMillis, lastSeenMillis, rollouts, archives, rolledBack, newTold);
  }

  /** How many other rollouts of {@code release} than {@code rollout} ended in rollback. */
  int rollbacks(String release, String rollout) {
    return (int)
        rolledBack.getOrDefault(release, List.of()).stream()
            .filter(id -> !id.equals(rollout))
            .count();
  }

  ServiceState withRolledBack(String release, String rollout) {
    if (rolledBack.size() >= MAX_ROLLED_BACK && !rolledBack.containsKey(release)) {
      return this;
    }
    Map<String, List<String>> next = new TreeMap<>(rolledBack);
    TreeSet<String> ids = new TreeSet<>(next.getOrDefault(release, List.of()));
    if (ids.size() < MAX_IDS) {
      ids.add(rollout);
    }
    next.put(release, List.copyOf(ids));
    return new ServiceState(
        service, history, firstSeenMillis, lastSeenMillis, rollouts, archives, next, told);
  }
}
