// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ErrorLog;
import io.pkgslo.model.wire.ErrorLogExample;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Mutable, single-threaded: the last few error logs by event time, newest first. */
final class LastErrorLogs {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int max;
  private final List<ErrorLogExample> logs = new ArrayList<>();

  LastErrorLogs(int max) {
    this.max = max;
  }

  /** Of two logs of one time the one that comes later is the newer one. */
  void add(ErrorLogExample log) {
    int position = 0;
    while (position < logs.size()
        && logs.get(position).getTimeEpochMillis() > log.getTimeEpochMillis()) {
      position++;
    }
    if (position < max) {
      logs.add(position, log);
      if (logs.size() > max) {
        logs.remove(max);
      }
    }
  }

  List<ErrorLogExample> newestFirst() {
    return List.copyOf(logs);
  }

  /** Puts back what {@link #newestFirst} gave. */
  void restore(List<ErrorLogExample> newestFirst) {
    logs.clear();
    logs.addAll(newestFirst.subList(0, Math.min(max, newestFirst.size())));
  }

  static ErrorLogExample example(ErrorLog log, String process) {
    return ErrorLogExample.newBuilder()
        .setTimeEpochMillis(log.getTimeEpochNanos() / NANOS_PER_MILLI)
        .setSeverity(log.getSeverity())
        .setText(log.getText())
        .setTraceId(HexFormat.of().formatHex(log.getTraceId().toByteArray()))
        .setProcess(process)
        .build();
  }
}
