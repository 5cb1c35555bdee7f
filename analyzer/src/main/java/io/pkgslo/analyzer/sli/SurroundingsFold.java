// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.ErrorLog;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.LogCount;
import io.pkgslo.model.wire.Origin;

/**
 * Applies what one input block says of log records, callers and lost context. Short-lived,
 * single-threaded.
 */
final class SurroundingsFold {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long BUCKET_MILLIS = 10_000;

  private final BlockSubjects subjects;
  private final Touched touched;

  SurroundingsFold(BlockSubjects subjects, Touched touched) {
    this.subjects = subjects;
    this.touched = touched;
  }

  void apply() {
    var block = subjects.block();
    block.getLogList().forEach(this::log);
    block.getEdgeList().forEach(this::edge);
    block.getContextLossList().forEach(this::loss);
    block.getErrorLogList().forEach(this::errorLog);
  }

  private void log(LogCount log) {
    long millis = log.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(
            log.getOriginIndex(), log.getPackageIndex(), millis + BUCKET_MILLIS, log.getCount());
    if (ledger != null) {
      ledger.surroundings().add(log);
      seen(ledger, millis);
    }
  }

  private void edge(EdgeCount edge) {
    int callerOrigin = edge.getCallerOriginIndex();
    int callerPackage = edge.getCallerPackageIndex();
    if (!subjects.hasOrigin(callerOrigin) || !subjects.hasPackage(callerPackage)) {
      subjects.dropped(
          SliDrop.BROKEN_REFERENCE,
          1,
          "caller's origin " + callerOrigin + ", package " + callerPackage);
      return;
    }
    long millis = edge.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(
            edge.getCalleeOriginIndex(), edge.getCalleePackageIndex(), millis + BUCKET_MILLIS, 1);
    if (ledger != null) {
      CallerKey caller =
          new CallerKey(
              subjects.origin(callerOrigin).getService(),
              subjects.block().getPackage(callerPackage));
      subjects.judgeClosed(ledger);
      ledger.surroundings().add(caller, edge, millis);
      seen(ledger, millis);
    }
  }

  private void loss(ContextLoss loss) {
    LossKind kind = LossKind.of(loss.getKind());
    if (kind == null) {
      subjects.dropped(SliDrop.UNKNOWN_KIND, 1, "context loss " + loss.getKindValue());
      return;
    }
    long millis = loss.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(loss.getOriginIndex(), loss.getPackageIndex(), millis + BUCKET_MILLIS, 1);
    if (ledger != null) {
      ledger.surroundings().add(kind, loss);
      seen(ledger, millis);
    }
  }

  private void errorLog(ErrorLog log) {
    long millis = log.getTimeEpochNanos() / NANOS_PER_MILLI;
    SubjectLedger ledger =
        subjects.counting(log.getOriginIndex(), log.getPackageIndex(), millis, 1);
    if (ledger == null) {
      return;
    }
    Origin origin = subjects.origin(log.getOriginIndex());
    ErrorLogExample example = LastErrorLogs.example(log, origin.getProcess());
    ledger.surroundings().add(example);
    // Only into an open minute that something else made: a log alone is no look and corrects none.
    ArmLedger arm = ledger.arms.get(origin.getArm());
    MinuteBucket minute = arm == null ? null : arm.minutes().get(MinuteBucket.startOf(millis));
    if (minute != null && minute.endMillis() > subjects.time().closedMillis()) {
      minute.add(example);
      touched.minute(ledger, minute);
    }
    seen(ledger, millis);
  }

  private void seen(SubjectLedger ledger, long millis) {
    ledger.totals.seen(millis);
    touched.subject(ledger);
  }
}
