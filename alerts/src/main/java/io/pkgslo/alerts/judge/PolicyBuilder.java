// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Map;

/**
 * Sets some rules of a {@link Policy}; mutable, for one thread. What is not set has its default.
 */
public final class PolicyBuilder {

  private double alpha = 0.01;
  private double beta = 0.05;
  private double delta = 1;
  private double deltaMax = 2;
  private double minCalls = 10_000;
  private boolean promoteByPolicy = true;
  private Map<Sli.Kind, Double> sliWeights = Map.of();
  private double laterShare = 0.1;
  private Policy.LaterFunding laterFunding = Policy.LaterFunding.RESERVED;
  private int minCanaryPods = 2;
  private double minPodAgeSeconds = 120;
  private double maxDataAgeSeconds = 30;
  private int maxRollbacksPerDigest = 1;
  private double lowBudgetRatio = 0.1;
  private double sampleRatioTolerance = 0.2;
  private int crashLoopProcesses = 2;
  private int crashLoopRestarts = 3;

  PolicyBuilder() {}

  PolicyBuilder(Policy policy) {
    alpha = policy.alpha();
    beta = policy.beta();
    delta = policy.delta();
    deltaMax = policy.deltaMax();
    minCalls = policy.minCalls();
    promoteByPolicy = policy.promoteByPolicy();
    sliWeights = policy.sliWeights();
    laterShare = policy.laterShare();
    laterFunding = policy.laterFunding();
    minCanaryPods = policy.minCanaryPods();
    minPodAgeSeconds = policy.minPodAgeSeconds();
    maxDataAgeSeconds = policy.maxDataAgeSeconds();
    maxRollbacksPerDigest = policy.maxRollbacksPerDigest();
    lowBudgetRatio = policy.lowBudgetRatio();
    sampleRatioTolerance = policy.sampleRatioTolerance();
    crashLoopProcesses = policy.crashLoopProcesses();
    crashLoopRestarts = policy.crashLoopRestarts();
  }

  /** See {@link Policy#alpha}. */
  public PolicyBuilder alpha(double value) {
    alpha = value;
    return this;
  }

  /** See {@link Policy#beta}. */
  public PolicyBuilder beta(double value) {
    beta = value;
    return this;
  }

  /** See {@link Policy#delta}. */
  public PolicyBuilder delta(double value) {
    delta = value;
    return this;
  }

  /** See {@link Policy#deltaMax}. */
  public PolicyBuilder deltaMax(double value) {
    deltaMax = value;
    return this;
  }

  /** See {@link Policy#minCalls}. */
  public PolicyBuilder minCalls(double value) {
    minCalls = value;
    return this;
  }

  /** See {@link Policy#promoteByPolicy}. */
  public PolicyBuilder promoteByPolicy(boolean value) {
    promoteByPolicy = value;
    return this;
  }

  /** See {@link Policy#sliWeights}. */
  public PolicyBuilder sliWeights(Map<Sli.Kind, Double> value) {
    sliWeights = value;
    return this;
  }

  /** See {@link Policy#laterShare}. */
  public PolicyBuilder laterShare(double value) {
    laterShare = value;
    return this;
  }

  /** See {@link Policy#laterFunding}. */
  public PolicyBuilder laterFunding(Policy.LaterFunding value) {
    laterFunding = value;
    return this;
  }

  /** See {@link Policy#minCanaryPods}. */
  public PolicyBuilder minCanaryPods(int value) {
    minCanaryPods = value;
    return this;
  }

  /** See {@link Policy#minPodAgeSeconds}. */
  public PolicyBuilder minPodAgeSeconds(double value) {
    minPodAgeSeconds = value;
    return this;
  }

  /** See {@link Policy#maxDataAgeSeconds}. */
  public PolicyBuilder maxDataAgeSeconds(double value) {
    maxDataAgeSeconds = value;
    return this;
  }

  /** See {@link Policy#maxRollbacksPerDigest}. */
  public PolicyBuilder maxRollbacksPerDigest(int value) {
    maxRollbacksPerDigest = value;
    return this;
  }

  /** See {@link Policy#lowBudgetRatio}. */
  public PolicyBuilder lowBudgetRatio(double value) {
    lowBudgetRatio = value;
    return this;
  }

  /** See {@link Policy#sampleRatioTolerance}. */
  public PolicyBuilder sampleRatioTolerance(double value) {
    sampleRatioTolerance = value;
    return this;
  }

  /** See {@link Policy#crashLoopProcesses}. */
  public PolicyBuilder crashLoopProcesses(int value) {
    crashLoopProcesses = value;
    return this;
  }

  /** See {@link Policy#crashLoopRestarts}. */
  public PolicyBuilder crashLoopRestarts(int value) {
    crashLoopRestarts = value;
    return this;
  }

  /**
   * The policy.
   *
   * @throws IllegalArgumentException naming the first rule that is out of its range
   */
  public Policy build() {
    return new Policy(
        alpha,
        beta,
        delta,
        deltaMax,
        minCalls,
        promoteByPolicy,
        sliWeights,
        laterShare,
        laterFunding,
        minCanaryPods,
        minPodAgeSeconds,
        maxDataAgeSeconds,
        maxRollbacksPerDigest,
        lowBudgetRatio,
        sampleRatioTolerance,
        crashLoopProcesses,
        crashLoopRestarts);
  }
}
