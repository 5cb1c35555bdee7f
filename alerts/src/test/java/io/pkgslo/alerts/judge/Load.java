// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/** The calls of one minute: the load swings, and chance splits it between the arms. */
final class Load {

  private Load() {}

  /** Calls per arm in one minute. */
  record Minute(int canaryCalls, int baselineCalls) {}

  /** Exposure is no evidence, so the normal approximation of the split is exact enough. */
  static Minute minute(Draws draws, int callsPerMinute, double canaryShare) {
    double calls = callsPerMinute * (0.8 + 0.4 * draws.uniform());
    double spread = Math.sqrt(calls * canaryShare * (1 - canaryShare));
    double canary = Math.max(1, calls * canaryShare + spread * draws.gaussian());
    return new Minute((int) canary, (int) Math.max(1, calls - canary));
  }
}
