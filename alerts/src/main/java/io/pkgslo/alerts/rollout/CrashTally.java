// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Crashes in initialisation with one stack fingerprint since the rollout opened.
 *
 * @param canaryProcesses canary processes that crashed so, at most {@value #MAX_PROCESSES}
 * @param canaryRestarts crashes of a process that had crashed before
 * @param baselineCrashes crashes of the baseline with this fingerprint
 */
record CrashTally(
    String goPackage,
    Set<String> canaryProcesses,
    int canaryRestarts,
    int baselineCrashes,
    @Nullable String stack) {
  private static final int MAX_PROCESSES = 100;

  CrashTally {
    canaryProcesses = Set.copyOf(canaryProcesses);
  }

  static CrashTally none(String goPackage, @Nullable String stack) {
    return new CrashTally(goPackage, Set.of(), 0, 0, stack);
  }

  CrashTally canary(String process) {
    if (canaryProcesses.contains(process)) {
      return new CrashTally(goPackage, canaryProcesses, canaryRestarts + 1, baselineCrashes, stack);
    }
    Set<String> processes = new TreeSet<>(canaryProcesses);
    if (processes.size() < MAX_PROCESSES) {
      processes.add(process);
    }
    return new CrashTally(goPackage, processes, canaryRestarts, baselineCrashes, stack);
  }

  CrashTally baseline() {
    return new CrashTally(goPackage, canaryProcesses, canaryRestarts, baselineCrashes + 1, stack);
  }
}
