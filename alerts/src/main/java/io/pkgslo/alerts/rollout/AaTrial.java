// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;

/**
 * Some pods of a version that play the canary, against the others of the same version.
 *
 * @param round number of the trial within its service: by it the pods are dealt
 * @param openedMillis start of the minute in which it opened; looks begin with the next
 */
record AaTrial(
    long round,
    String version,
    long openedMillis,
    Policy policy,
    Opening opening,
    JudgeState judge) {

  static AaTrial opened(
      long round, String version, long openedMillis, Policy policy, Opening opening) {
    return new AaTrial(
        round, version, openedMillis, policy, opening, new RolloutJudge(policy, opening).start());
  }

  RolloutJudge judgeOf() {
    return new RolloutJudge(policy, opening);
  }

  AaTrial with(JudgeState newJudge) {
    return new AaTrial(round, version, openedMillis, policy, opening, newJudge);
  }
}
