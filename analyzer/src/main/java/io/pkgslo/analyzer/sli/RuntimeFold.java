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
      subjects.judgeClosed(ledger);
      String process = subjects.origin(point.getOriginIndex()).getProcess();
      ledger.runtime().add(point, process, subjects.fold());
      ledger.totals.seen(millis);
      touched.subject(ledger);
    }
  }
}
