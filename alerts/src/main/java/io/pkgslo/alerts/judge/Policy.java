// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The rules by which rollouts are judged. Fixed when a rollout opens; a changed policy counts from
 * the next rollout on. {@link #DEFAULT} holds the defaults, {@link #toBuilder} changes some.
 *
 * @param alpha the probability that an innocent canary is ever rolled back, in (0, 1)
 * @param beta the probability that a confidence bound ever excludes the true ratio, in (0, 1)
 * @param delta the ratio of rates, canary by baseline, up to which a canary is innocent, &gt; 0
 * @param deltaMax the ratio of rates that promotion by proof rules out, &gt; 0
 * @param minCalls canary calls from which on promotion by policy is possible, &gt;= 0
 * @param promoteByPolicy whether a release may be promoted without proof
 * @param sliWeights how a package's share of alpha is split over its SLIs, relative, each &gt; 0
 * @param laterShare part of alpha for series first seen after the opening, in [0, 1)
 * @param laterFunding where that part comes from
 * @param minCanaryPods canary pods below which no verdict but the hard stop is given, &gt;= 1
 * @param minPodAgeSeconds age of the youngest canary pod below which durations are not compared
 * @param maxDataAgeSeconds age of the newest data above which it is stale
 * @param maxRollbacksPerDigest how often one digest is rolled back before a person is asked
 * @param lowBudgetRatio remaining error budget below which only a fix is promoted
 * @param sampleRatioTolerance relative deviation of the odds of the split that is harmless, &gt;= 0
 * @param crashLoopProcesses canary processes that make an init crash a loop
 * @param crashLoopRestarts restarts that make an init crash a loop
 */
public record Policy(
    double alpha,
    double beta,
    double delta,
    double deltaMax,
    double minCalls,
    boolean promoteByPolicy,
    Map<Sli.Kind, Double> sliWeights,
    double laterShare,
    LaterFunding laterFunding,
    int minCanaryPods,
    double minPodAgeSeconds,
    double maxDataAgeSeconds,
    int maxRollbacksPerDigest,
    double lowBudgetRatio,
    double sampleRatioTolerance,
    int crashLoopProcesses,
    int crashLoopRestarts) {

  /** The defaults of {@code rollback-statistics.md}. */
  public static final Policy DEFAULT = new PolicyBuilder().build();

  /** Who pays for the series that appear after the opening. */
  public enum LaterFunding {
    /** A part of alpha is held back at the opening and never returns. */
    RESERVED,
    /**
     * All of alpha is given out at the opening. A newcomer is paid by all others with a part of
     * what their bets are worth at that moment, which is an e-process too. For files, where a
     * single series is to have all of alpha.
     */
    LENT
  }

  public Policy {
    requireOpen("alpha", alpha);
    requireOpen("beta", beta);
    requirePositive("delta", delta);
    requirePositive("deltaMax", deltaMax);
    requireAtLeastZero("minCalls", minCalls);
    requireAtLeastZero("minPodAgeSeconds", minPodAgeSeconds);
    requireAtLeastZero("maxDataAgeSeconds", maxDataAgeSeconds);
    requireAtLeastZero("lowBudgetRatio", lowBudgetRatio);
    requireAtLeastZero("sampleRatioTolerance", sampleRatioTolerance);
    if (!(laterShare >= 0 && laterShare < 1)) {
      throw new IllegalArgumentException(
          "laterShare is " + laterShare + ", expected a share in [0, 1)");
    }
    requireCount("minCanaryPods", minCanaryPods);
    requireCount("maxRollbacksPerDigest", maxRollbacksPerDigest);
    requireCount("crashLoopProcesses", crashLoopProcesses);
    requireCount("crashLoopRestarts", crashLoopRestarts);
    EnumMap<Sli.Kind, Double> copy = new EnumMap<>(Sli.Kind.class);
    sliWeights.forEach(
        (kind, weight) -> {
          requirePositive("weight of " + kind, weight);
          copy.put(kind, weight);
        });
    sliWeights = Collections.unmodifiableMap(copy);
  }

  /** A builder that starts from this policy. */
  public PolicyBuilder toBuilder() {
    return new PolicyBuilder(this);
  }

  /** The relative weight of an SLI within its package; 1 where none is set. */
  double sliWeight(Sli.Kind kind) {
    Double weight = sliWeights.get(kind);
    return weight == null ? 1 : weight;
  }

  private static void requireOpen(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected a probability in (0, 1)");
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a number > 0");
    }
  }

  private static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a number >= 0");
    }
  }

  private static void requireCount(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a count >= 1");
    }
  }
}
