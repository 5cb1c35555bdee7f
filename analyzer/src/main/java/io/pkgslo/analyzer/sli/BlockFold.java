// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.OwnTime;
import io.pkgslo.model.wire.PanicCount;
import org.jspecify.annotations.Nullable;

/**
 * Applies the facts of one input block to the subjects. Short-lived, single-threaded. A subject
 * whose records contain the block already is left alone, so that a replay counts nothing twice.
 */
final class BlockFold {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long BUCKET_MILLIS = 10_000;

  private final BlockSubjects subjects;
  private final Touched touched;
  private final Fold fold;

  BlockFold(BlockSubjects subjects, Touched touched) {
    this.subjects = subjects;
    this.touched = touched;
    this.fold = subjects.fold();
  }

  void apply() {
    var block = subjects.block();
    block.getCallList().forEach(this::call);
    block.getOwnTimeList().forEach(this::ownTime);
    block.getPanicList().forEach(this::panic);
    block.getInitList().forEach(this::init);
    new SurroundingsFold(subjects, touched).apply();
    new RuntimeFold(subjects, touched).apply();
    new SelectedFold(subjects, touched).apply();
  }

  private void call(CallCount call) {
    long millis = call.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(
            call.getOriginIndex(), call.getPackageIndex(), millis + BUCKET_MILLIS, call.getCount());
    if (ledger == null) {
      return;
    }
    if (ledger.isService()) {
      ledger.addServiceCalls(call.getWeight(), millis);
      ledger.exposed.forEach(touched::exposure);
    } else {
      ledger.add(call, millis, fold);
      Seen seen = seen(ledger, call.getOriginIndex(), millis, call.getCount());
      if (seen.minute() != null) {
        seen.minute().add(call, seen.process(), seen.firstMillis());
        touched.minute(ledger, seen.minute());
      }
    }
    touched.subject(ledger);
  }

  /** More about calls that were counted, or dropped, as such: it stands for no items itself. */
  private void ownTime(OwnTime own) {
    long millis = own.getBucketEpochSeconds() * 1_000;
    SubjectLedger ledger =
        subjects.counting(own.getOriginIndex(), own.getPackageIndex(), millis + BUCKET_MILLIS, 0);
    if (ledger == null || ledger.isService()) {
      return;
    }
    ledger.seen(millis);
    Seen seen = seen(ledger, own.getOriginIndex(), millis, 0);
    if (seen.minute() != null) {
      seen.minute().add(own, seen.process(), seen.firstMillis());
      touched.minute(ledger, seen.minute());
    }
    touched.subject(ledger);
  }

  private void panic(PanicCount panic) {
    long millis = panic.getTimeEpochNanos() / NANOS_PER_MILLI;
    SubjectLedger ledger =
        subjects.counting(panic.getOriginIndex(), panic.getPackageIndex(), millis, 1);
    if (ledger == null) {
      return;
    }
    ledger.add(panic, millis, fold);
    subjects.expose(ledger);
    Seen seen = seen(ledger, panic.getOriginIndex(), millis, 1);
    if (seen.minute() != null) {
      seen.minute().add(panic, seen.process(), seen.firstMillis());
      touched.minute(ledger, seen.minute());
    }
    touched.subject(ledger);
  }

  private void init(InitTime init) {
    long millis = init.getTimeEpochNanos() / NANOS_PER_MILLI;
    SubjectLedger ledger =
        subjects.counting(init.getOriginIndex(), init.getPackageIndex(), millis, 1);
    if (ledger == null) {
      return;
    }
    ledger.add(init, millis, fold);
    Seen seen = seen(ledger, init.getOriginIndex(), millis, 1);
    if (seen.minute() != null) {
      seen.minute().add(init, seen.process(), seen.firstMillis());
      touched.minute(ledger, seen.minute());
    }
    touched.subject(ledger);
  }

  /** A process that an item names, and the minute that it counts in while that is corrected. */
  private record Seen(String process, long firstMillis, @Nullable MinuteBucket minute) {}

  private Seen seen(SubjectLedger ledger, int originIndex, long millis, long items) {
    Origin origin = subjects.origin(originIndex);
    ArmLedger arm = ledger.arm(origin.getArm());
    long first = arm.seen(origin.getProcess(), millis);
    return new Seen(
        origin.getProcess(), first, subjects.minute(ledger, origin.getArm(), arm, millis, items));
  }
}
