// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import java.util.Locale;

/** The types of Flagger's webhooks, each at a path of its own. */
public enum Hook {
  CONFIRM_ROLLOUT(Question.MAY_IT_START),
  PRE_ROLLOUT(Question.MAY_IT_START),
  ROLLOUT(Question.DOES_IT_PASS),
  CONFIRM_TRAFFIC_INCREASE(Question.IS_IT_GOOD),
  CONFIRM_PROMOTION(Question.IS_IT_GOOD),
  ROLLBACK(Question.MUST_IT_GO_BACK),
  POST_ROLLOUT(Question.NONE),
  EVENT(Question.NONE);

  /** What a hook asks. */
  enum Question {
    /** Before the canary has traffic: nothing can be known of it yet. */
    MAY_IT_START,
    /** At each iteration; a no counts as a failed check, and enough of those roll back. */
    DOES_IT_PASS,
    /** Only promote is a yes. */
    IS_IT_GOOD,
    /** Only rollback is a yes. */
    MUST_IT_GO_BACK,
    /** Flagger only tells. */
    NONE
  }

  private final Question question;

  Hook(Question question) {
    this.question = question;
  }

  Question question() {
    return question;
  }

  /** As Flagger spells the type, and the last part of the path. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
