// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.Rule;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The latest answer about a rollout, and what became of it.
 *
 * @param sinceMillis event time from which on the verdict is this one
 * @param failing the claim that a rollback was decided for; absent for other verdicts and for the
 *     hard stop
 * @param quietSinceMillis after a rollback: start of the minutes without harm that run; absent
 *     while the harm goes on
 * @param recoveredMillis after a rollback: start of the first of three minutes without harm; absent
 *     before
 */
record Outcome(
    Verdict verdict,
    Rule rule,
    boolean asksForPerson,
    long sinceMillis,
    @Nullable SeriesKey failing,
    @Nullable Long quietSinceMillis,
    @Nullable Long recoveredMillis) {
  private static final long RECOVERY_MILLIS = 3 * ServiceMinute.LENGTH_MILLIS;

  static Outcome first(Decision decision, long millis) {
    return new Outcome(
        decision.verdict(),
        decision.rule(),
        decision.asksForPerson(),
        millis,
        failing(decision),
        null,
        null);
  }

  Outcome next(Decision decision, long millis) {
    return decision.verdict() == verdict
        ? new Outcome(
            verdict,
            decision.rule(),
            decision.asksForPerson(),
            sinceMillis,
            failing == null ? failing(decision) : failing,
            quietSinceMillis,
            recoveredMillis)
        : first(decision, millis);
  }

  /** Whether a pipeline would be told something else. */
  boolean differs(Decision decision) {
    return decision.verdict() != verdict || decision.asksForPerson() != asksForPerson;
  }

  boolean isRecovering() {
    return verdict == Verdict.ROLLBACK && recoveredMillis == null;
  }

  /** A minute after a rollback, with or without harm by the canary. */
  Outcome watched(long minuteMillis, boolean harmless) {
    Long quiet = harmless ? (quietSinceMillis == null ? minuteMillis : quietSinceMillis) : null;
    boolean recovered =
        quiet != null && minuteMillis + ServiceMinute.LENGTH_MILLIS - quiet >= RECOVERY_MILLIS;
    return new Outcome(
        verdict, rule, asksForPerson, sinceMillis, failing, quiet, recovered ? quiet : null);
  }

  private static @Nullable SeriesKey failing(Decision decision) {
    if (decision.verdict() != Verdict.ROLLBACK) {
      return null;
    }
    return decision.evidence().stream()
        .filter(evidence -> evidence.rejection() != null)
        .filter(evidence -> evidence.key().goPackage().equals(decision.goPackage()))
        .map(evidence -> evidence.key())
        .findFirst()
        .orElse(null);
  }
}
