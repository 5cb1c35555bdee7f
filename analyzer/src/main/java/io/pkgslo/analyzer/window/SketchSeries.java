// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: histograms of durations per 5 min of event time, merged per hour once
 * they are a day old, and their running total over one window. What is older than a day leaves the
 * window hour by hour.
 */
public final class SketchSeries {
  private static final long SLOT_MILLIS = 300_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long FULL_WIDTH_MILLIS = 24 * HOUR_MILLIS;

  /** Nobody adds to it. */
  private static final Sketch NOTHING = new Sketch();

  private final NavigableMap<Long, Sketch> buckets = new TreeMap<>();

  /** All buckets together; null while there is one at most, which is the total itself. */
  private @Nullable Sketch running;

  private long windowMillis;
  private long closedMillis = Long.MIN_VALUE;
  private long mergedBefore = Long.MIN_VALUE;

  /** A series whose total covers the last {@code windowSeconds}. */
  public SketchSeries(long windowSeconds) {
    this.windowMillis = windowSeconds * 1_000;
  }

  /**
   * Adds values of one bucket of the histogram.
   *
   * @return start of the bucket of time that took them, epoch milliseconds; {@code Long.MIN_VALUE}
   *     when the window has passed them
   */
  public long add(long epochMillis, int index, long count) {
    long start = startOf(epochMillis);
    if (start < firstStart()) {
      return Long.MIN_VALUE;
    }
    bucketAt(start).add(index, count);
    if (running != null) {
      running.add(index, count);
    }
    return start;
  }

  /**
   * Adds several buckets of the histogram at one time: as {@link #add(long, int, long)} for each,
   * with one lookup for all.
   *
   * @param size how many
   * @param indexAt bucket of the histogram by position
   * @param countAt its values by position
   */
  public long add(long epochMillis, int size, IntUnaryOperator indexAt, IntToLongFunction countAt) {
    long start = startOf(epochMillis);
    if (size == 0 || start < firstStart()) {
      return Long.MIN_VALUE;
    }
    Sketch bucket = bucketAt(start);
    for (int i = 0; i < size; i++) {
      int index = indexAt.applyAsInt(i);
      long count = countAt.applyAsLong(i);
      bucket.add(index, count);
      if (running != null) {
        running.add(index, count);
      }
    }
    return start;
  }

  private Sketch bucketAt(long start) {
    Sketch known = buckets.get(start);
    if (known != null) {
      return known;
    }
    if (running == null && !buckets.isEmpty()) {
      running = new Sketch();
      running.addAll(buckets.firstEntry().getValue());
    }
    Sketch begun = new Sketch();
    buckets.put(start, begun);
    return begun;
  }

  /** Histogram of the window. Not to be changed. */
  public Sketch total() {
    if (running != null) {
      return running;
    }
    return buckets.isEmpty() ? NOTHING : buckets.firstEntry().getValue();
  }

  /** The bucket that starts at {@code startMillis}; empty when there is none. */
  public Sketch bucket(long startMillis) {
    return buckets.getOrDefault(startMillis, NOTHING);
  }

  public boolean isEmpty() {
    return buckets.isEmpty();
  }

  /** A longer or shorter window from now on; what was forgotten does not come back. */
  public void setWindow(long windowSeconds) {
    this.windowMillis = windowSeconds * 1_000;
    forget();
  }

  /**
   * Moves time on.
   *
   * @return starts of the buckets that are gone, or that took others in
   */
  public List<Long> advance(long closedMillis) {
    if (closedMillis <= this.closedMillis) {
      return List.of();
    }
    this.closedMillis = closedMillis;
    if (buckets.isEmpty()) {
      return List.of();
    }
    List<Long> touched = forget();
    mergeOld(touched);
    return touched;
  }

  private List<Long> forget() {
    List<Long> gone = new ArrayList<>();
    while (!buckets.isEmpty() && buckets.firstKey() < firstStart()) {
      Map.Entry<Long, Sketch> oldest = buckets.pollFirstEntry();
      if (running != null) {
        running.subtractAll(oldest.getValue());
      }
      gone.add(oldest.getKey());
      if (buckets.size() <= 1) {
        running = null;
      }
    }
    return gone;
  }

  private void mergeOld(List<Long> touched) {
    long fullWidthFrom = fullWidthFrom();
    if (fullWidthFrom <= mergedBefore) {
      return;
    }
    List<Long> old = new ArrayList<>(buckets.subMap(mergedBefore, fullWidthFrom).keySet());
    mergedBefore = fullWidthFrom;
    for (Long start : old) {
      long hour = Math.floorDiv(start, HOUR_MILLIS) * HOUR_MILLIS;
      Sketch part = start == hour ? null : buckets.remove(start);
      if (part != null) {
        buckets.computeIfAbsent(hour, h -> new Sketch()).addAll(part);
        touched.add(start);
        touched.add(hour);
      }
    }
  }

  private long startOf(long epochMillis) {
    long width = epochMillis < fullWidthFrom() ? HOUR_MILLIS : SLOT_MILLIS;
    return Math.floorDiv(epochMillis, width) * width;
  }

  /** Buckets before it are merged: whole hours only. */
  private long fullWidthFrom() {
    return closedMillis == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : Math.floorDiv(closedMillis - FULL_WIDTH_MILLIS, HOUR_MILLIS) * HOUR_MILLIS;
  }

  private long firstStart() {
    if (closedMillis == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    long width = windowMillis > FULL_WIDTH_MILLIS ? HOUR_MILLIS : SLOT_MILLIS;
    return Math.floorDiv(closedMillis - windowMillis, width) * width;
  }
}
