// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.SubjectState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log records of a package.
 *
 * @param records by severity, since the package was first seen
 * @param orphans of these, those whose span never came
 * @param lastErrors newest first
 */
public record LogsView(Map<String, Long> records, long orphans, List<ErrorLog> lastErrors) {
  /**
   * A record of severity ERROR or above.
   *
   * @param severity as OTLP numbers it
   * @param text its start
   * @param traceId absent when it named none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ErrorLog(
      Instant time, int severity, String text, @Nullable String traceId, String process) {
    static ErrorLog of(ErrorLogExample log) {
      return new ErrorLog(
          Instant.ofEpochMilli(log.getTimeEpochMillis()),
          log.getSeverity(),
          log.getText(),
          log.getTraceId().isEmpty() ? null : log.getTraceId(),
          log.getProcess());
    }
  }

  /** Null without any record. */
  static @Nullable LogsView of(SubjectState state) {
    if (state.getLogCount() == 0 && state.getErrorLogCount() == 0) {
      return null;
    }
    Map<String, Long> records = new LinkedHashMap<>();
    state.getLogList().forEach(log -> records.put(log.getSeverity(), log.getCount()));
    return new LogsView(
        records,
        state.getOrphanLogs(),
        state.getErrorLogList().stream().map(ErrorLog::of).toList());
  }
}
