// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Policy;
import java.time.Duration;
import java.util.List;

/**
 * What an installation decides about rollouts.
 *
 * @param judge fixed for a rollout when it opens
 * @param coolDown after a rollback of a service, how long no other release of it is rolled back
 *     without a person; 0 for no such time, at most a day
 * @param canaries what marks canaries that have the version of their baseline
 * @param aaCheck whether stable pods are judged against stable pods, to measure false rollbacks
 */
public record RolloutPolicy(
    Policy judge, Duration coolDown, List<CanaryAttribute> canaries, boolean aaCheck) {
  /** Rollbacks are known for as long as closed rollouts are. */
  private static final Duration LONGEST = Duration.ofDays(1);

  public RolloutPolicy {
    if (coolDown.isNegative() || coolDown.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.judge.cool-down is " + coolDown + ", expected 0 to " + LONGEST);
    }
    canaries = List.copyOf(canaries);
  }

  /** No cool-down, no A/A check, and canaries have a version of their own. */
  public static RolloutPolicy of(Policy judge) {
    return new RolloutPolicy(judge, Duration.ZERO, List.of(), false);
  }
}
