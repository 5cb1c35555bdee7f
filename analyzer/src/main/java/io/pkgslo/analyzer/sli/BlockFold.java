// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies the facts of one input block to the subjects. Short-lived, single-threaded. A subject
 * whose records contain the block already is left alone, so that a replay counts nothing twice.
 */
final class BlockFold {
  private static final int MAX_CACHED_SUBJECTS = 1 << 16;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SubjectLedgers ledgers;
  private final StageSettings settings;
  private final ObservationBlock block;
  private final BlockTime time;
  private final Consumer<SubjectLedger> onNew;
  private final Touched touched;
  private final DropListener drops;
  private final SubjectLedger @Nullable [] cache;

  BlockFold(
      SubjectLedgers ledgers,
      StageSettings settings,
      ObservationBlock block,
      BlockTime time,
      Consumer<SubjectLedger> onNew,
      Touched touched,
      DropListener drops) {
    this.ledgers = ledgers;
    this.settings = settings;
    this.block = block;
    this.time = time;
    this.onNew = onNew;
    this.touched = touched;
    this.drops = drops;
    long pairs = (long) block.getOriginCount() * block.getPackageCount();
    this.cache = pairs <= MAX_CACHED_SUBJECTS ? new SubjectLedger[(int) pairs] : null;
  }

  /** Is told what a block changed. */
  interface Touched {
    void subject(SubjectLedger ledger);

    /** The valid events of {@code ledger} may be others, because they are its service's. */
    void exposure(SubjectLedger ledger);

    void minute(SubjectLedger ledger, MinuteBucket minute);
  }

  /**
   * When a block came.
   *
   * @param sequence its number
   * @param watermarkMillis what the watermark was, or {@link ProgressTracker#UNKNOWN}
   * @param closedMillis up to where event time was closed, likewise
   */
  record BlockTime(long sequence, long watermarkMillis, long closedMillis) {}

  void apply() {
    block.getCallList().forEach(this::call);
    block.getPanicList().forEach(this::panic);
    block.getInitList().forEach(this::init);
  }

  private void call(CallCount call) {
    long millis = call.getBucketEpochSeconds() * 1_000;
    if (isTooOld(millis + 10_000, call.getCount())) {
      return;
    }
    SubjectLedger ledger = ledger(call.getOriginIndex(), call.getPackageIndex(), call.getCount());
    if (ledger == null || ledger.storedSequence >= time.sequence()) {
      return;
    }
    if (ledger.isService()) {
      ledger.addServiceCalls(call.getWeight(), millis);
      ledger.exposed.forEach(touched::exposure);
    } else {
      ledger.add(call, millis);
      Origin origin = block.getOrigin(call.getOriginIndex());
      ArmLedger arm = ledger.arm(origin.getArm());
      long firstSeen = arm.seen(origin.getProcess(), millis);
      MinuteBucket minute = minute(ledger, origin.getArm(), arm, millis, call.getCount());
      if (minute != null) {
        minute.add(call, origin.getProcess(), firstSeen);
        touched.minute(ledger, minute);
      }
    }
    touched.subject(ledger);
  }

  private void panic(PanicCount panic) {
    long millis = panic.getTimeEpochNanos() / NANOS_PER_MILLI;
    if (isTooOld(millis, 1)) {
      return;
    }
    SubjectLedger ledger = ledger(panic.getOriginIndex(), panic.getPackageIndex(), 1);
    if (ledger == null || ledger.storedSequence >= time.sequence()) {
      return;
    }
    ledger.add(panic, millis);
    ledgers.expose(ledger, onNew);
    Origin origin = block.getOrigin(panic.getOriginIndex());
    ArmLedger arm = ledger.arm(origin.getArm());
    long firstSeen = arm.seen(origin.getProcess(), millis);
    MinuteBucket minute = minute(ledger, origin.getArm(), arm, millis, 1);
    if (minute != null) {
      minute.add(panic, origin.getProcess(), firstSeen);
      touched.minute(ledger, minute);
    }
    touched.subject(ledger);
  }

  private void init(InitTime init) {
    long millis = init.getTimeEpochNanos() / NANOS_PER_MILLI;
    if (isTooOld(millis, 1)) {
      return;
    }
    SubjectLedger ledger = ledger(init.getOriginIndex(), init.getPackageIndex(), 1);
    if (ledger == null || ledger.storedSequence >= time.sequence()) {
      return;
    }
    ledger.add(init, millis);
    Origin origin = block.getOrigin(init.getOriginIndex());
    ArmLedger arm = ledger.arm(origin.getArm());
    long firstSeen = arm.seen(origin.getProcess(), millis);
    MinuteBucket minute = minute(ledger, origin.getArm(), arm, millis, 1);
    if (minute != null) {
      minute.add(init, origin.getProcess(), firstSeen);
      touched.minute(ledger, minute);
    }
    touched.subject(ledger);
  }

  private boolean isTooOld(long endMillis, long items) {
    boolean old =
        time.watermarkMillis() != ProgressTracker.UNKNOWN
            && endMillis <= time.watermarkMillis() - settings.retentionMillis();
    if (old) {
      drops.dropped(SliDrop.BEYOND_RETENTION, items, "event time " + endMillis);
    }
    return old;
  }

  private @Nullable MinuteBucket minute(
      SubjectLedger ledger, String armName, ArmLedger arm, long millis, long items) {
    long start = Math.floorDiv(millis, MinuteBucket.WIDTH_MILLIS) * MinuteBucket.WIDTH_MILLIS;
    boolean gone =
        time.closedMillis() != ProgressTracker.UNKNOWN
            && start + MinuteBucket.WIDTH_MILLIS
                <= time.closedMillis() - settings.lateMinutesMillis();
    if (gone) {
      drops.dropped(SliDrop.BEYOND_LATE_MINUTES, items, ledger.key.toString());
      return null;
    }
    return arm.minutes().computeIfAbsent(start, s -> new MinuteBucket(ledger.key, armName, start));
  }

  private @Nullable SubjectLedger ledger(int originIndex, int packageIndex, long items) {
    if (Integer.compareUnsigned(originIndex, block.getOriginCount()) >= 0
        || Integer.compareUnsigned(packageIndex, block.getPackageCount()) >= 0) {
      drops.dropped(
          SliDrop.BROKEN_REFERENCE, items, "origin " + originIndex + ", package " + packageIndex);
      return null;
    }
    if (cache == null) {
      return find(originIndex, packageIndex);
    }
    int index = originIndex * block.getPackageCount() + packageIndex;
    SubjectLedger known = cache[index];
    if (known == null) {
      known = find(originIndex, packageIndex);
      cache[index] = known;
    }
    return known;
  }

  private @Nullable SubjectLedger find(int originIndex, int packageIndex) {
    Origin origin = block.getOrigin(originIndex);
    String version = origin.getVersion().isEmpty() ? "unknown" : origin.getVersion();
    String goPackage = block.getPackage(packageIndex);
    if (goPackage.equals(SubjectLedger.SERVICE)) {
      return ledgers.ofService(origin.getService(), version, onNew);
    }
    return ledgers.of(new SubjectKey(origin.getService(), version, goPackage), onNew);
  }
}
