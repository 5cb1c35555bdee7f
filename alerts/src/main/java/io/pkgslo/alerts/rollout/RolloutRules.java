// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Policy;
import java.util.function.Supplier;

/**
 * By what rollouts are opened and judged.
 *
 * @param objectives thresholds, fixed when a rollout opens; asked at each opening, because
 *     objectives change
 * @param budgets asked at each look
 */
public record RolloutRules(
    RolloutPolicy settings, Supplier<RolloutObjectives> objectives, Budgets budgets) {
  /** The policy alone. */
  public static RolloutRules of(Policy policy) {
    return of(RolloutPolicy.of(policy));
  }

  /** The policy alone. */
  static RolloutRules of(RolloutPolicy settings) {
    return new RolloutRules(settings, () -> RolloutObjectives.NONE, Budgets.UNKNOWN);
  }
}
