// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.rollout.RolloutView;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is told.
 *
 * @param rule which rule decided
 * @param reason in one line
 * @param rollout what it rests on, with the verdict as told here; absent for an arm that was never
 *     seen
 */
public record ArmAnswer(
    Verdict verdict, String rule, String reason, @Nullable RolloutView rollout) {

  public static ArmAnswer of(RolloutView rollout) {
    return new ArmAnswer(verdict(rollout), rollout.rule(), rollout.reason(), rollout);
  }

  public static ArmAnswer hold(String rule, String reason) {
    return new ArmAnswer(Verdict.HOLD, rule, reason, null);
  }

  /** A verdict of a newer version of pkgslo is not understood, hence not known. */
  private static Verdict verdict(RolloutView rollout) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict.wireName().equals(rollout.verdict())) {
        return verdict;
      }
    }
    return Verdict.HOLD;
  }

  /** Id of the latest record in the ledger; absent before the first. */
  public @Nullable String decisionId() {
    return rollout == null ? null : rollout.decisionId();
  }
}
