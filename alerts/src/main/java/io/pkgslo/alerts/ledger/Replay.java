// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.RolloutJudge;

/**
 * A decision made again from its record.
 *
 * @param decision what the judge says now
 * @param after the state after the record's looks, with which the next record begins
 */
public record Replay(Decision decision, JudgeState after) {

  static Replay of(Basis basis, Context context) {
    RolloutJudge judge = new RolloutJudge(basis.policy(), basis.opening());
    JudgeState state = basis.before();
    for (Look look : basis.looks()) {
      state = judge.next(state, look);
    }
    for (InitCrash crash : basis.crashes()) {
      state = judge.crash(state, crash);
    }
    return new Replay(judge.decide(state, context), state);
  }

  /** Makes a record's decision again, from nothing but the record. */
  public static Replay of(DecisionRecord record) {
    return of(record.basis(), record.question().context());
  }

  /** Whether the record says the same, to the last bit of every number. */
  public boolean confirms(DecisionRecord record) {
    return CanonicalJson.text(decision).equals(CanonicalJson.text(record.decision()))
        && after.excluded().equals(record.excluded());
  }

  /** The state in which a rollout's first record begins. */
  static JudgeState start(Basis basis) {
    return new RolloutJudge(basis.policy(), basis.opening()).start();
  }
}
