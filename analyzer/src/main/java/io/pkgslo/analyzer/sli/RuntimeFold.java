// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.RuntimePoint;

/** Applies the runtime metrics of one input block. Short-lived, single-threaded. */
final class RuntimeFold {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final BlockSubjects subjects;
  private final Touched touched;

  RuntimeFold(BlockSubjects subjects, Touched touched) {
    this.subjects = subjects;
    this.touched = touched;
  }

  void apply() {
    subjects.block().getRuntimeList().forEach(this::point);
  }

  private void point(RuntimePoint point) {
    long millis = point.getTimeEpochNanos() / NANOS_PER_MILLI;
    SubjectLedger ledger = subjects.countingRuntime(point.getOriginIndex(), millis);
    if (ledger != null) {
      // What was closed before this block came is judged without it.
      Fold fold = subjects.fold();
      ledger.judge(fold.closedMillis(), fold.lateMillis());
      ledger.runtime().add(point, subjects.origin(point.getOriginIndex()).getProcess(), fold);
      ledger.totals.seen(millis);
      touched.subject(ledger);
    }
  }
}
