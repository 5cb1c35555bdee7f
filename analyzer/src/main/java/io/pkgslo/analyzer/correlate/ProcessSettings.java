// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.stack.BlamePolicy;
import java.util.Map;

/**
 * Bounds of one {@link ProcessCorrelator}; an instance has one correlator per partition that it
 * owns.
 *
 * @param settleMillis how long an item waits for its relatives, in append time
 * @param duplicateHorizonMillis how long an identity, and a silent process, is kept after it was
 *     last seen; at least 5 min
 * @param maxIdentities identities of lines, reports, inits and log records that are kept
 * @param maxProcesses processes that are kept
 * @param maxWaiting lines, reports, inits and log records that wait at a time
 * @param importPathByService what {@code main} of a service stands for, where it is configured
 * @param blame whom the panics that lines tell of blame, as ingest has it for spans and logs
 */
public record ProcessSettings(
    long settleMillis,
    long duplicateHorizonMillis,
    int maxIdentities,
    int maxProcesses,
    int maxWaiting,
    Map<String, String> importPathByService,
    BlamePolicy blame) {

  /**
   * What a late report is told from is a panic that counted within the last minute, and that one
   * may have been told from another: a replay has to start several of these before the present.
   */
  private static final long MIN_HORIZON_MILLIS = 5 * PanicSettler.SETTLED_MILLIS;

  public ProcessSettings {
    TraceSettings.requirePositive("settleMillis", settleMillis);
    TraceSettings.requirePositive("maxIdentities", maxIdentities);
    TraceSettings.requirePositive("maxProcesses", maxProcesses);
    TraceSettings.requirePositive("maxWaiting", maxWaiting);
    TraceSettings.requireAtLeast(
        "duplicateHorizonMillis",
        duplicateHorizonMillis,
        Math.max(settleMillis, MIN_HORIZON_MILLIS));
    importPathByService = Map.copyOf(importPathByService);
  }

  /** The same bounds, and another knowledge of the code. */
  ProcessSettings with(Map<String, String> newImportPathByService, BlamePolicy newBlame) {
    return new ProcessSettings(
        settleMillis,
        duplicateHorizonMillis,
        maxIdentities,
        maxProcesses,
        maxWaiting,
        newImportPathByService,
        newBlame);
  }

  /** 10 s to settle, 10 min of duplicates. */
  public static ProcessSettings defaults() {
    return new ProcessSettings(
        10_000, 600_000, 8_000_000, 100_000, 1_000_000, Map.of(), BlamePolicy.DEFAULT);
  }
}
