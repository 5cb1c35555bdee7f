// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.wire.LossRecord;
import io.pkgslo.analyzer.wire.SurroundingsRecord;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.LogCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mutable, single-threaded: what is known around a package besides its own calls: its log records,
 * who calls it, and where context was lost. Most packages of most services have none of it.
 */
final class Surroundings {
  static final int MAX_ERROR_LOGS = 5;

  private final long[] logs = new long[LogSeverity.COUNT];
  private long orphanLogs;
  private long revisedOrphanLogs;
  private final long[] losses = new long[LossKind.COUNT];
  private final long[] revised = new long[LossKind.COUNT];
  private final ByteString[] lossExamples = new ByteString[LossKind.COUNT];
  private final Callers callers = new Callers();
  private final LastErrorLogs errorLogs = new LastErrorLogs(MAX_ERROR_LOGS);

  Surroundings() {
    Arrays.fill(lossExamples, ByteString.EMPTY);
  }

  void add(LogCount log) {
    logs[LogSeverity.of(log.getSeverity()).code()] += log.getCount();
    orphanLogs += log.getOrphans();
    revisedOrphanLogs += log.getRevised();
  }

  void add(CallerKey caller, EdgeCount edge, long epochMillis) {
    callers.add(caller, edge, epochMillis);
  }

  void add(LossKind kind, ContextLoss loss) {
    losses[kind.index()] += loss.getCount();
    revised[kind.index()] += loss.getRevised();
    if (loss.getCount() > 0 && !loss.getExampleTraceId().isEmpty()) {
      lossExamples[kind.index()] = loss.getExampleTraceId();
    }
  }

  void add(ErrorLogExample log) {
    errorLogs.add(log);
  }

  /** Moves time on; returns whether anything that is shown changed. */
  boolean advance(long closedMillis) {
    return callers.advance(closedMillis);
  }

  SurroundingsSnapshot snapshot() {
    return new SurroundingsSnapshot(
        Arrays.stream(logs).anyMatch(n -> n != 0)
            ? Arrays.stream(logs).boxed().toList()
            : List.of(),
        orphanLogs,
        revisedOrphanLogs,
        lossSnapshots(),
        callers.snapshot(),
        errorLogs.newestFirst());
  }

  private List<LossSnapshot> lossSnapshots() {
    List<LossSnapshot> snapshots = new ArrayList<>();
    for (LossKind kind : LossKind.values()) {
      int i = kind.index();
      if (losses[i] != 0 || revised[i] != 0) {
        snapshots.add(new LossSnapshot(kind, losses[i], revised[i], lossExamples[i]));
      }
    }
    return snapshots;
  }

  SurroundingsRecord encode() {
    SurroundingsRecord.Builder record =
        SurroundingsRecord.newBuilder()
            .setOrphanLogs(orphanLogs)
            .setRevisedOrphanLogs(revisedOrphanLogs)
            .addAllCaller(callers.encode())
            .addAllErrorLog(errorLogs.newestFirst());
    for (long count : logs) {
      record.addLog(count);
    }
    for (LossSnapshot loss : lossSnapshots()) {
      record.addLoss(
          LossRecord.newBuilder()
              .setKind(loss.kind().wire())
              .setCount(loss.count())
              .setRevised(loss.revised())
              .setExampleTraceId(loss.exampleTraceId()));
    }
    return record.build();
  }

  static Surroundings decode(SurroundingsRecord record) {
    Surroundings surroundings = new Surroundings();
    for (int i = 0; i < Math.min(record.getLogCount(), LogSeverity.COUNT); i++) {
      surroundings.logs[i] = record.getLog(i);
    }
    surroundings.orphanLogs = record.getOrphanLogs();
    surroundings.revisedOrphanLogs = record.getRevisedOrphanLogs();
    for (LossRecord loss : record.getLossList()) {
      LossKind kind = LossKind.of(loss.getKind());
      if (kind != null) {
        surroundings.losses[kind.index()] = loss.getCount();
        surroundings.revised[kind.index()] = loss.getRevised();
        surroundings.lossExamples[kind.index()] = loss.getExampleTraceId();
      }
    }
    surroundings.callers.restore(record.getCallerList());
    surroundings.errorLogs.restore(record.getErrorLogList());
    return surroundings;
  }
}
