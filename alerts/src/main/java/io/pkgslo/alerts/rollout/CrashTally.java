// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Crashes in initialisation with one stack fingerprint since the rollout opened. A crash is told
 * twice, at once and with its closed minute; the second time it is not later than the process's
 * last one and changes nothing.
 *
 * @param lastCrashMillis time of the last crash by canary process, at most {@value #MAX_PROCESSES}
 * @param canaryRestarts crashes of a process that had crashed before
 * @param baselineCrashes crashes of the baseline with this fingerprint
 */
record CrashTally(
    String goPackage,
    Map<String, Long> lastCrashMillis,
    int canaryRestarts,
    int baselineCrashes,
    @Nullable String stack) {
  private static final int MAX_PROCESSES = 100;

  CrashTally {
    lastCrashMillis = Map.copyOf(lastCrashMillis);
  }

  static CrashTally none(String goPackage, @Nullable String stack) {
    return new CrashTally(goPackage, Map.of(), 0, 0, stack);
  }

  CrashTally canary(String process, long millis) {
    Long last = lastCrashMillis.get(process);
    if (last != null && last >= millis) {
      return this;
    }
    Map<String, Long> processes = new TreeMap<>(lastCrashMillis);
    if (last != null || processes.size() < MAX_PROCESSES) {
      processes.put(process, millis);
    }
    int restarts = canaryRestarts + (last == null ? 0 : 1);
    return new CrashTally(goPackage, processes, restarts, baselineCrashes, stack);
  }

  CrashTally baseline() {
    return new CrashTally(goPackage, lastCrashMillis, canaryRestarts, 1, stack);
  }
}
