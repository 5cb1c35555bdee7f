// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subjects that the items of one block speak of, and says which items count. Short-lived,
 * single-threaded.
 */
final class BlockSubjects {
  private final SubjectLedgers ledgers;
  private final StageSettings settings;
  private final ObservationBlock block;
  private final BlockTime time;
  private final Consumer<SubjectLedger> onNew;
  private final DropListener drops;
  private final Fold fold;
  private final SubjectCache cache = new SubjectCache();
  private final SubjectLedgers.@Nullable Family[] families;
  private final Set<SubjectLedger> judged = new HashSet<>();

  BlockSubjects(
      SubjectLedgers ledgers,
      StageSettings settings,
      ObservationBlock block,
      BlockTime time,
      Consumer<SubjectLedger> onNew,
      DropListener drops) {
    this.ledgers = ledgers;
    this.settings = settings;
    this.block = block;
    this.time = time;
    this.onNew = onNew;
    this.drops = drops;
    this.fold =
        new Fold(
            time.closedMillis(),
            settings.lateMinutesMillis(),
            block.getLatencyThresholdNanosList(),
            settings.limits().labelSets(),
            drops);
    this.families = new SubjectLedgers.Family[block.getOriginCount()];
  }

  ObservationBlock block() {
    return block;
  }

  /** What its facts are counted with. */
  Fold fold() {
    return fold;
  }

  /** What was closed before this block came is judged without it, once for all of its items. */
  void judgeClosed(SubjectLedger ledger) {
    if (judged.add(ledger)) {
      ledger.judge(fold.closedMillis(), fold.lateMillis());
    }
  }

  BlockTime time() {
    return time;
  }

  Origin origin(int index) {
    return block.getOrigin(index);
  }

  /**
   * The subject of an item, unless the item is too old, names what the block does not have, or
   * stands in the subject's records already.
   *
   * @param endMillis end of the item's bucket of time, or its time
   * @param items how many it stands for
   */
  @Nullable SubjectLedger counting(int originIndex, int packageIndex, long endMillis, long items) {
    if (isTooOld(endMillis, items)) {
      return null;
    }
    SubjectLedger ledger = ledger(originIndex, packageIndex, items);
    return ledger == null || ledger.storedSequence >= time.sequence() ? null : ledger;
  }

  /** The subject of a point of a runtime metric, likewise. */
  @Nullable SubjectLedger countingRuntime(int originIndex, long millis) {
    return counting(originIndex, SubjectLedger.RUNTIME, millis);
  }

  /** The subject of one item that names its package itself, likewise. */
  @Nullable SubjectLedger counting(int originIndex, String goPackage, long millis) {
    if (isTooOld(millis, 1)) {
      return null;
    }
    if (!hasOrigin(originIndex)) {
      drops.dropped(SliDrop.BROKEN_REFERENCE, 1, "origin " + originIndex);
      return null;
    }
    SubjectLedger ledger = find(originIndex, goPackage);
    return ledger == null || ledger.storedSequence >= time.sequence() ? null : ledger;
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

  /** The minute of an arm; null when it is no longer corrected. */
  @Nullable MinuteBucket minute(
      SubjectLedger ledger, String armName, ArmLedger arm, long millis, long items) {
    long start = MinuteBucket.startOf(millis);
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

  /** Lets a subject that panicked hear of its service's API calls. */
  void expose(SubjectLedger ledger) {
    ledgers.expose(ledger, onNew);
  }

  void dropped(SliDrop reason, long items, String example) {
    drops.dropped(reason, items, example);
  }

  boolean hasOrigin(int index) {
    return Integer.compareUnsigned(index, block.getOriginCount()) < 0;
  }

  boolean hasPackage(int index) {
    return Integer.compareUnsigned(index, block.getPackageCount()) < 0;
  }

  private @Nullable SubjectLedger ledger(int originIndex, int packageIndex, long items) {
    if (!hasOrigin(originIndex) || !hasPackage(packageIndex)) {
      drops.dropped(
          SliDrop.BROKEN_REFERENCE, items, "origin " + originIndex + ", package " + packageIndex);
      return null;
    }
    SubjectLedger known = cache.get(originIndex, packageIndex);
    if (known == null) {
      known = find(originIndex, block.getPackage(packageIndex));
      if (known != null) {
        cache.put(originIndex, packageIndex, known);
      }
    }
    return known;
  }

  private @Nullable SubjectLedger find(int originIndex, String goPackage) {
    Origin origin = block.getOrigin(originIndex);
    if (goPackage.equals(SubjectLedger.SERVICE)) {
      return ledgers.ofService(origin.getService(), versionOf(origin), onNew);
    }
    SubjectLedgers.Family family = families[originIndex];
    if (family == null) {
      family = ledgers.family(origin.getService(), versionOf(origin));
      families[originIndex] = family;
    }
    return ledgers.of(family, goPackage, onNew);
  }

  private static String versionOf(Origin origin) {
    return origin.getVersion().isEmpty() ? "unknown" : origin.getVersion();
  }
}
