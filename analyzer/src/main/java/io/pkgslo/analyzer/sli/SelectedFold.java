// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;

/** Applies what selectors of objectives took of one input block. Short-lived, single-threaded. */
final class SelectedFold {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long BUCKET_MILLIS = 10_000;

  private final BlockSubjects subjects;
  private final Touched touched;

  SelectedFold(BlockSubjects subjects, Touched touched) {
    this.subjects = subjects;
    this.touched = touched;
  }

  void apply() {
    ObservationBlock block = subjects.block();
    block.getSelectedList().forEach(this::count);
    block.getSelectedPointList().forEach(this::point);
  }

  private void count(SelectedCount count) {
    ObservationBlock block = subjects.block();
    int index = count.getSelectionIndex();
    if (Integer.compareUnsigned(index, block.getSelectionCount()) >= 0) {
      subjects.dropped(SliDrop.BROKEN_REFERENCE, count.getCount(), "selection " + index);
      return;
    }
    long millis = count.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(
            count.getOriginIndex(),
            count.getPackageIndex(),
            millis + BUCKET_MILLIS,
            count.getCount());
    if (ledger != null) {
      Selection selection = block.getSelection(index);
      ledger.add(selection, count, millis, subjects.fold());
      ledger.totals.seen(millis);
      touched.subject(ledger);
    }
  }

  private void point(SelectedPoint point) {
    long millis = point.getTimeEpochNanos() / NANOS_PER_MILLI;
    SubjectLedger ledger = subjects.counting(point.getOriginIndex(), point.getPackage(), millis);
    if (ledger != null) {
      ledger.add(point, millis, subjects.fold());
      ledger.totals.seen(millis);
      touched.subject(ledger);
    }
  }
}
