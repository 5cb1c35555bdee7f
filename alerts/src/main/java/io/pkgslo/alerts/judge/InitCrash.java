// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.Nullable;

/**
 * Crashes in a package's initialisation with one stack fingerprint, counted since the rollout
 * opened.
 *
 * @param fingerprint of the stack
 * @param goPackage the package to blame
 * @param canaryProcesses canary processes (pods) that crashed so
 * @param canaryRestarts restarts of canary processes after such a crash
 * @param baselineCrashes crashes of the baseline with this fingerprint, in any time that is known
 * @param example a stack and trace to show, if there is one
 */
public record InitCrash(
    String fingerprint,
    String goPackage,
    int canaryProcesses,
    int canaryRestarts,
    int baselineCrashes,
    @Nullable Example example) {

  public InitCrash {
    if (canaryProcesses < 0 || canaryRestarts < 0 || baselineCrashes < 0) {
      throw new IllegalArgumentException("crash counts must be >= 0");
    }
  }

  /** The hard stop: one stack, several processes or restarts, and none of it in the baseline. */
  boolean isLoop(Policy policy) {
    return baselineCrashes == 0
        && (canaryProcesses >= policy.crashLoopProcesses()
            || canaryRestarts >= policy.crashLoopRestarts());
  }

  /** Counts only grow: a smaller number in a later report is a late one. */
  InitCrash merge(InitCrash later) {
    return new InitCrash(
        fingerprint,
        goPackage,
        Math.max(canaryProcesses, later.canaryProcesses),
        Math.max(canaryRestarts, later.canaryRestarts),
        Math.max(baselineCrashes, later.baselineCrashes),
        example == null ? later.example : example);
  }
}
