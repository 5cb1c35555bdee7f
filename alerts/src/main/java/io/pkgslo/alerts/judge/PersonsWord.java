// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * What a person decided about a rollout. It stands until another one is given.
 *
 * @param answer what was decided
 * @param who an identity that was checked before
 * @param epochNanos when
 * @param why in the person's words
 */
public record PersonsWord(Answer answer, String who, long epochNanos, String why) {

  /** The closed set of answers. */
  public enum Answer {
    APPROVE_PROMOTION("approve-promotion"),
    APPROVE_ROLLBACK("approve-rollback"),
    REFUSE_ROLLBACK("refuse-rollback"),
    FREEZE("freeze");

    private final String wireName;

    Answer(String wireName) {
      this.wireName = wireName;
    }

    /** The name on every wire. */
    public String wireName() {
      return wireName;
    }
  }

  public PersonsWord {
    if (who.isBlank()) {
      throw new IllegalArgumentException("a person's word needs a person");
    }
  }
}
