// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import java.util.List;

/**
 * All that the judge knew: enough to repeat the decision without anything else.
 *
 * @param policy the rules
 * @param opening what was fixed when the rollout opened
 * @param before the state after the previous record's looks; that of the start for the first record
 * @param looks since the previous record, in the order in which they were judged
 * @param crashes reported since the previous record, in order
 */
public record Basis(
    Policy policy, Opening opening, JudgeState before, List<Look> looks, List<InitCrash> crashes) {

  public Basis {
    looks = List.copyOf(looks);
    crashes = List.copyOf(crashes);
  }
}
