// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the ratio of rates, canary by baseline, that hold at all looks together.
 *
 * <p>The confidence sequence is the set of ratios theta that an e-process has not rejected: from
 * below the one of {@link CountEvidence#worse} with delta = theta, from above the one of {@link
 * CountEvidence#better} with deltaMax = theta. Each bound errs, ever, with probability at most
 * beta. Both processes are monotone in theta, so a bound is one root.
 *
 * @param lower &gt;= 0; 0 where the events rule out no small ratio
 * @param upper absent where the events rule out no large ratio
 */
public record ConfidenceBounds(double lower, @Nullable Double upper) {

  /** Bounds beyond e^20 either way count as none. */
  private static final double LIMIT = 20;

  /** Bisections of the interval (-20, 20): 2^-43 x 40 is far below what a bound means. */
  private static final int STEPS = 43;

  private enum Side {
    /** Ratios up to theta are rejected: the canary got more events than theta explains. */
    LOWER {
      @Override
      double logE(CountEvidence evidence, double theta) {
        double hits = evidence.temperedCanaryEvents();
        return logMean(i -> term(i, hits, evidence, odds -> share(theta * odds)));
      }
    },
    /** Ratios from theta on are rejected: the baseline got more events than theta explains. */
    UPPER {
      @Override
      double logE(CountEvidence evidence, double theta) {
        double hits = evidence.temperedBaselineEvents();
        return logMean(i -> term(i, hits, evidence, odds -> share(1 / (theta * odds))));
      }
    };

    abstract double logE(CountEvidence evidence, double theta);

    private interface Term {
      double of(int alternative);
    }

    private static double logMean(Term term) {
      Double[] terms = new Double[Mixture.size()];
      for (int i = 0; i < terms.length; i++) {
        terms[i] = term.of(i);
      }
      return Mixture.logMean(List.of(terms));
    }

    private static double term(
        int alternative, double hits, CountEvidence evidence, OddsBins.NullShare nullShare) {
      return Mixture.logWealth(alternative, hits, evidence.bins(), nullShare);
    }

    private static double share(double odds) {
      return odds / (1 + odds);
    }
  }

  /**
   * The bounds after the looks so far.
   *
   * @param beta the probability that a bound ever excludes the true ratio, in (0, 1)
   */
  static ConfidenceBounds of(CountEvidence evidence, double beta) {
    double threshold = logThreshold(beta);
    double lower = root(evidence, Side.LOWER, threshold);
    double upper = root(evidence, Side.UPPER, threshold);
    return new ConfidenceBounds(
        lower <= -LIMIT ? 0 : StrictMath.exp(lower),
        upper >= LIMIT ? null : Double.valueOf(StrictMath.exp(upper)));
  }

  /** What the log evidence of either side is compared with: each side has half of beta. */
  static double logThreshold(double beta) {
    return -StrictMath.log(beta / 2);
  }

  /** The log ratio at which the side's process reaches the threshold. */
  private static double root(CountEvidence evidence, Side side, double threshold) {
    double low = -LIMIT;
    double high = LIMIT;
    boolean rising = side == Side.UPPER;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      boolean rejected = side.logE(evidence, StrictMath.exp(middle)) >= threshold;
      if (rejected == rising) {
        high = middle;
      } else {
        low = middle;
      }
    }
    double last = rising ? high : low;
    return Math.abs(last) > LIMIT - 1e-9 ? Math.copySign(LIMIT, last) : last;
  }
}
