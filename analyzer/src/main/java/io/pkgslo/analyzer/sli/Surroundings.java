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
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: what is known around a package besides its own calls: its log records,
 * who calls it, and where context was lost. Most packages of most services have none of it.
 */
final class Surroundings {
  static final int MAX_ERROR_LOGS = 5;

  private final Callers callers = new Callers();

  /** Null while there is none of it; likewise {@link #lost}. */
  private @Nullable Logs logs;

  private @Nullable Losses lost;

  private static final class Logs {
    final long[] counts = new long[LogSeverity.COUNT];
    final LastErrorLogs errors = new LastErrorLogs(MAX_ERROR_LOGS);
    long orphans;
    long revisedOrphans;
  }

  private static final class Losses {
    final long[] counts = new long[LossKind.COUNT];
    final long[] revised = new long[LossKind.COUNT];
    final ByteString[] examples = new ByteString[LossKind.COUNT];

    Losses() {
      Arrays.fill(examples, ByteString.EMPTY);
    }
  }

  private Logs logs() {
    if (logs == null) {
      logs = new Logs();
    }
    return logs;
  }

  private Losses lost() {
    if (lost == null) {
      lost = new Losses();
    }
    return lost;
  }

  void add(LogCount log) {
    Logs own = logs();
    own.counts[LogSeverity.of(log.getSeverity()).code()] += log.getCount();
    own.orphans += log.getOrphans();
    own.revisedOrphans += log.getRevised();
  }

  void add(CallerKey caller, EdgeCount edge, long epochMillis) {
    callers.add(caller, edge, epochMillis);
  }

  void add(LossKind kind, ContextLoss loss) {
    Losses own = lost();
    own.counts[kind.index()] += loss.getCount();
    own.revised[kind.index()] += loss.getRevised();
    if (loss.getCount() > 0 && !loss.getExampleTraceId().isEmpty()) {
      own.examples[kind.index()] = loss.getExampleTraceId();
    }
  }

  void add(ErrorLogExample log) {
    logs().errors.add(log);
  }

  /** Moves time on; returns whether anything that is shown changed. */
  boolean advance(long closedMillis) {
    return callers.advance(closedMillis);
  }

  SurroundingsSnapshot snapshot() {
    return logs == null
        ? new SurroundingsSnapshot(List.of(), 0, 0, lossSnapshots(), callers.snapshot(), List.of())
        : new SurroundingsSnapshot(
            Arrays.stream(logs.counts).anyMatch(n -> n != 0)
                ? Arrays.stream(logs.counts).boxed().toList()
                : List.of(),
            logs.orphans,
            logs.revisedOrphans,
            lossSnapshots(),
            callers.snapshot(),
            logs.errors.newestFirst());
  }

  private List<LossSnapshot> lossSnapshots() {
    if (lost == null) {
      return List.of();
    }
    List<LossSnapshot> snapshots = new ArrayList<>();
    for (LossKind kind : LossKind.values()) {
      int i = kind.index();
      if (lost.counts[i] != 0 || lost.revised[i] != 0) {
        snapshots.add(new LossSnapshot(kind, lost.counts[i], lost.revised[i], lost.examples[i]));
      }
    }
    return snapshots;
  }

  SurroundingsRecord encode() {
    SurroundingsRecord.Builder record =
        SurroundingsRecord.newBuilder().addAllCaller(callers.encode());
    if (logs != null) {
      record
          .setOrphanLogs(logs.orphans)
          .setRevisedOrphanLogs(logs.revisedOrphans)
          .addAllErrorLog(logs.errors.newestFirst());
      for (long count : logs.counts) {
        record.addLog(count);
      }
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
    if (hasLogs(record)) {
      Logs logs = surroundings.logs();
      for (int i = 0; i < Math.min(record.getLogCount(), LogSeverity.COUNT); i++) {
        logs.counts[i] = record.getLog(i);
      }
      logs.orphans = record.getOrphanLogs();
      logs.revisedOrphans = record.getRevisedOrphanLogs();
      logs.errors.restore(record.getErrorLogList());
    }
    for (LossRecord loss : record.getLossList()) {
      LossKind kind = LossKind.of(loss.getKind());
      if (kind != null) {
        Losses lost = surroundings.lost();
        lost.counts[kind.index()] = loss.getCount();
        lost.revised[kind.index()] = loss.getRevised();
        lost.examples[kind.index()] = loss.getExampleTraceId();
      }
    }
    surroundings.callers.restore(record.getCallerList());
    return surroundings;
  }

  private static boolean hasLogs(SurroundingsRecord record) {
    return record.getLogList().stream().anyMatch(count -> count != 0)
        || record.getOrphanLogs() != 0
        || record.getRevisedOrphanLogs() != 0
        || record.getErrorLogCount() > 0;
  }
}
