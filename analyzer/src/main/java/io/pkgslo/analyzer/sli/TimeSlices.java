// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: slices of time of one series. A slice counts once event time has passed
 * its end; what comes late has it judged again, for as long as it is kept. Slices begin at whole
 * multiples of their length since the epoch.
 */
final class TimeSlices {
  private final TreeMap<Long, TimeSlice> slices = new TreeMap<>();
  private long judgedMillis = Long.MIN_VALUE;

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
   * @param version judges the slice
   */
  void add(
      ObjectiveVersion version, long epochMillis, long valid, long bad, Fold fold, Output out) {
    long length = version.budgeting().sliceMillis();
    long start = Math.floorDiv(epochMillis, length) * length;
    if (judgedMillis != Long.MIN_VALUE && start + length <= judgedMillis - fold.lateMillis()) {
      fold.drops().dropped(SliDrop.BEYOND_LATE_SLICES, 1, version.id());
      return;
    }
    TimeSlice slice = slices.computeIfAbsent(start, s -> new TimeSlice(s, length));
    slice.valid += valid;
    slice.bad += bad;
    if (slice.endMillis() <= judgedMillis) {
      judge(slice, version, out);
    }
  }

  /**
   * Judges the slices that end at or before {@code closedMillis} and forgets old ones.
   *
   * @param versionAt the version that judges a slice by its start; null when there is none
   * @return whether any slice was judged for the first time, or forgotten
   */
  boolean judge(
      long closedMillis,
      long lateMillis,
      LongFunction<@Nullable ObjectiveVersion> versionAt,
      Output out) {
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
      ObjectiveVersion version = versionAt.apply(slice.startMillis);
      if (version != null && version.budgeting().inSlices()) {
        judge(slice, version, out);
      }
      slice.judged = true;
      changed = true;
    }
    judgedMillis = closedMillis;
    // Slices differ in length when an objective's did: neither their ends nor their turns are in
    // order.
    changed |= slices.values().removeIf(slice -> slice.endMillis() <= closedMillis - lateMillis);
    return changed;
  }

  private static void judge(TimeSlice slice, ObjectiveVersion version, Output out) {
    Sums now = version.budgeting().slice(slice.events());
    Sums before = slice.counted;
    long worse = Math.max(0, now.bad() - slice.worst);
    slice.judged = true;
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
    slices.put(slice.startMillis, slice);
  }

  void restoreJudged(long millis) {
    judgedMillis = millis;
  }
}
