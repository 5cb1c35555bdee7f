// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.PersonsWord;
import org.jspecify.annotations.Nullable;

/** What can be ordered about a rollout. The wire names are stable. */
public enum OrderKind {
  APPROVE_PROMOTION("approve-promotion", PersonsWord.Answer.APPROVE_PROMOTION),
  APPROVE_ROLLBACK("approve-rollback", PersonsWord.Answer.APPROVE_ROLLBACK),
  REFUSE_ROLLBACK("refuse-rollback", PersonsWord.Answer.REFUSE_ROLLBACK),
  FREEZE("freeze", PersonsWord.Answer.FREEZE),
  /** Takes back what a person decided before: the evidence decides again. */
  WITHDRAW("withdraw", null),
  /** What was spent so far counts no more at the budget gate of this rollout. */
  RESET_BUDGET("reset-budget", null),
  /** A deployment begins, or goes on with another share of the calls. */
  OPEN("open", null),
  /** A deployment has ended. */
  CLOSE("close", null);

  private final String wireName;
  private final PersonsWord.@Nullable Answer answer;

  OrderKind(String wireName, PersonsWord.@Nullable Answer answer) {
    this.wireName = wireName;
    this.answer = answer;
  }

  /** The name on every wire. */
  public String wireName() {
    return wireName;
  }

  /** What the judge is told; null where it is not a word about the verdict. */
  PersonsWord.@Nullable Answer answer() {
    return answer;
  }

  /** The kind of that wire name; null when there is none. */
  public static @Nullable OrderKind of(String wireName) {
    for (OrderKind kind : values()) {
      if (kind.wireName.equals(wireName)) {
        return kind;
      }
    }
    return null;
  }
}
