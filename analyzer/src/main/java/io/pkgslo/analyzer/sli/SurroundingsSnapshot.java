// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ErrorLogExample;
import java.util.List;

/**
 * What is known around a package at one moment, besides its own calls.
 *
 * @param logs records ever counted, by {@link LogSeverity}; empty without any
 * @param orphanLogs of these, those whose span had not come within the horizon
 * @param revisedOrphanLogs of the orphans, those whose span came after all
 * @param losses by kind; empty without any
 * @param callers of the last hour, most calls first
 * @param errorLogs the last ones, newest first
 */
public record SurroundingsSnapshot(
    List<Long> logs,
    long orphanLogs,
    long revisedOrphanLogs,
    List<LossSnapshot> losses,
    List<CallerSnapshot> callers,
    List<ErrorLogExample> errorLogs) {
  /** Nothing but calls. */
  public static final SurroundingsSnapshot NONE =
      new SurroundingsSnapshot(List.of(), 0, 0, List.of(), List.of(), List.of());

  public SurroundingsSnapshot {
    logs = List.copyOf(logs);
    losses = List.copyOf(losses);
    callers = List.copyOf(callers);
    errorLogs = List.copyOf(errorLogs);
  }

  /** Log records of one severity. */
  public long logs(LogSeverity severity) {
    return logs.isEmpty() ? 0 : logs.get(severity.code());
  }
}
