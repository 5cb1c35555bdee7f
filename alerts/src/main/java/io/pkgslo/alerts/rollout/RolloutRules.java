// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Policy;
import java.util.function.Supplier;

/**
 * By what rollouts are opened and judged.
 *
 * @param policy fixed for a rollout when it opens
 * @param objectives thresholds, likewise; asked at each opening, because objectives change
 * @param budgets asked at each look
 */
public record RolloutRules(Policy policy, Supplier<RolloutObjectives> objectives, Budgets budgets) {
  /** The policy alone. */
  public static RolloutRules of(Policy policy) {
    return new RolloutRules(policy, () -> RolloutObjectives.NONE, Budgets.UNKNOWN);
  }
}
