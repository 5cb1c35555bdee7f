// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: slices of time of one series. A slice counts once event time has passed
 * its end; what comes late has it judged again, for as long as it is kept. Slices begin at whole
 * multiples of their length since the epoch.
 */
final class TimeSlices {
  private static final SortedMap<SliceKey, TimeSlice> NONE =
      Collections.unmodifiableSortedMap(new TreeMap<>(SliceKey.ORDER));

  /** Most objectives count events, and have none ever. */
  private SortedMap<SliceKey, TimeSlice> slices = NONE;

  private long judgedMillis = Long.MIN_VALUE;

  /** Slices of two lengths may begin at one time, when an objective's length changed. */
  private record SliceKey(long startMillis, long lengthMillis) {
    static final Comparator<SliceKey> ORDER =
        Comparator.comparingLong(SliceKey::startMillis).thenComparingLong(SliceKey::lengthMillis);
  }

  /** Says which version judges a slice; null when none does. */
  @FunctionalInterface
  interface Judges {
    @Nullable ObjectiveVersion of(long startMillis, long lengthMillis);
  }

  /** Takes what a judged slice changes. */
  @FunctionalInterface
  interface Output {
    /**
     * @param atMillis a time within the slice's last bucket
     * @param valid and {@code bad} change of what windows have of the slice; may be negative
     * @param totalBad change of what was bad ever; not negative
     */
    void count(long atMillis, long valid, long bad, long totalBad);
  }

  /**
   * Adds events of one slice. Slices up to {@code fold.closedMillis()} must have been judged.
   *
   * @param version judges the event
   */
  void add(
      ObjectiveVersion version,
      long epochMillis,
      long valid,
      long bad,
      Fold fold,
      Judges judges,
      Output out) {
    long length = version.budgeting().sliceMillis();
    long start = Math.floorDiv(epochMillis, length) * length;
    if (judgedMillis != Long.MIN_VALUE && start + length <= judgedMillis - fold.lateMillis()) {
      fold.drops().dropped(SliDrop.BEYOND_LATE_SLICES, 1, version.id());
      return;
    }
    TimeSlice slice =
        own()
            .computeIfAbsent(
                new SliceKey(start, length),
                key -> new TimeSlice(key.startMillis, key.lengthMillis));
    slice.valid = FixedPoint.atMost(slice.valid + valid);
    slice.bad = FixedPoint.atMost(slice.bad + bad);
    if (slice.endMillis() <= judgedMillis) {
      judge(slice, judges, out);
    }
  }

  /**
   * Judges the slices that end at or before {@code closedMillis} and forgets old ones.
   *
   * @return whether any slice was judged for the first time, or forgotten
   */
  boolean judge(long closedMillis, long lateMillis, Judges judges, Output out) {
    if (closedMillis <= judgedMillis) {
      return false;
    }
    if (slices.isEmpty()) {
      judgedMillis = closedMillis;
      return false;
    }
    boolean changed = false;
    for (TimeSlice slice : slices.values()) {
      if (slice.judged || slice.endMillis() > closedMillis) {
        continue;
      }
      judge(slice, judges, out);
      changed = true;
    }
    judgedMillis = closedMillis;
    // Slices differ in length when an objective's did: neither their ends nor their turns are in
    // order.
    changed |= slices.values().removeIf(slice -> slice.endMillis() <= closedMillis - lateMillis);
    return changed;
  }

  private static void judge(TimeSlice slice, Judges judges, Output out) {
    slice.judged = true;
    ObjectiveVersion version = judges.of(slice.startMillis, slice.lengthMillis);
    if (version == null) {
      return;
    }
    Sums now = version.budgeting().slice(slice.events());
    Sums before = slice.counted;
    long worse = Math.max(0, now.bad() - slice.worst);
    slice.counted = now;
    slice.worst = Math.max(slice.worst, now.bad());
    if (!now.equals(before)) {
      out.count(
          slice.endMillis() - 1, now.valid() - before.valid(), now.bad() - before.bad(), worse);
    }
  }

  boolean isEmpty() {
    return slices.isEmpty();
  }

  long judgedMillis() {
    return judgedMillis;
  }

  Collection<TimeSlice> kept() {
    return slices.values();
  }

  /** Puts back a slice as it was kept. */
  void restore(TimeSlice slice) {
    own().put(new SliceKey(slice.startMillis, slice.lengthMillis), slice);
  }

  @SuppressWarnings("ReferenceEquality")
  private SortedMap<SliceKey, TimeSlice> own() {
    if (slices == NONE) {
      slices = new TreeMap<>(SliceKey.ORDER);
    }
    return slices;
  }

  void restoreJudged(long millis) {
    judgedMillis = millis;
  }
}
