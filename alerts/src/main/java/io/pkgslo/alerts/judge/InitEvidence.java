// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * The rank tests of one package's init durations so far: one per arm size, so each pays with its
 * own part of the claim's alpha, 1 / (k (k + 1)) for the k-th.
 *
 * @param canarySeconds the canary's inits in order of arrival, at most {@value #MAX_CANARY}
 * @param tests tests made
 * @param logEvidence the highest -log(p k (k + 1)) over the tests: it is compared with the same
 *     threshold as a log E; negative infinity never, 0 before the first test
 * @param latestP the p value of the latest test, 1 before the first
 * @param slowInits canary inits slower than the objective's threshold
 */
public record InitEvidence(
    List<Double> canarySeconds, int tests, double logEvidence, double latestP, int slowInits) {

  /** Later inits add nothing to a test of this size but time. */
  public static final int MAX_CANARY = 40;

  /** Before the first init. */
  public static final InitEvidence START = new InitEvidence(List.of(), 0, 0, 1, 0);

  public InitEvidence {
    canarySeconds = List.copyOf(canarySeconds);
  }

  /**
   * Adds inits, and tests when they complete an arm of a new size.
   *
   * @param seconds the canary's inits of this look
   * @param arm how many canary inits make the arm complete: its pods, or 2 where they are unknown
   */
  InitEvidence next(List<Double> seconds, InitControl control, int arm) {
    if (seconds.isEmpty() || canarySeconds.size() >= MAX_CANARY) {
      return this;
    }
    List<Double> all = new ArrayList<>(canarySeconds);
    int slow = slowInits;
    for (double value : seconds) {
      if (all.size() < MAX_CANARY) {
        all.add(value);
        slow += value > control.thresholdSeconds() ? 1 : 0;
      }
    }
    if (all.size() < Math.min(arm, MAX_CANARY)) {
      return new InitEvidence(all, tests, logEvidence, latestP, slow);
    }
    int test = tests + 1;
    double p = RankTest.upperTail(all, control.archivedSeconds());
    double log = -StrictMath.log(p) - StrictMath.log((double) test * (test + 1));
    return new InitEvidence(all, test, Math.max(logEvidence, log), p, slow);
  }

  /** Whether the canary itself misses the objective, whatever the baseline did. */
  boolean breaksObjective(InitControl control) {
    return slowInits > (1 - control.target()) * canarySeconds.size();
  }
}
