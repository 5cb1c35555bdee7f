// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.wire.SelectedCounterRecord;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.SelectedPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: where each series of the counters of one subject stands for each
 * selector, so that the points of cumulative counters become increases. What is kept of a counter
 * that has been silent for long is let go; that it was known is not, so that it never counts twice.
 */
final class SelectedCounters {
  /** Series of one subject, times the selectors that take them. */
  static final int MOST = 10_000;

  private static final long SILENT_NANOS = 6 * 3_600_000_000_000L;

  /** What an increase may be at most: sums of them stay far from overflow. */
  private static final double MOST_EVENTS = 0x1p40;

  /** One series, for one selector. */
  record Key(long seriesHigh, long seriesLow, long selector) {}

  /**
   * What a point adds.
   *
   * @param sums events, in units of 2^-20
   * @param sinceNanos of the first point that is known of a series: since when it has counted them,
   *     0 unknown; null for every other point
   */
  record Increase(Sums sums, @Nullable Long sinceNanos) {}

  private static final class Counter {
    long startNanos;
    long timeNanos;
    double valid;
    double bad;
  }

  private final Map<Key, Counter> known = new LinkedHashMap<>();
  private final Map<Key, Counter> changed = new LinkedHashMap<>();
  private long latestNanos;
  private long forgottenNanos;

  /**
   * Takes one amount of a point.
   *
   * @return null when it adds nothing, and was reported
   */
  @Nullable Increase add(SelectedPoint point, SelectedPoint.Amount amount, DropListener drops) {
    latestNanos = Math.max(latestNanos, point.getTimeEpochNanos());
    if (point.getDelta()) {
      return new Increase(sums(amount.getValid(), amount.getBad()), null);
    }
    Key key =
        new Key(point.getSeriesHigh(), point.getSeriesLow(), amount.getSelection().getSelector());
    Counter counter = known.get(key);
    if (counter == null) {
      return begin(key, point, amount, drops);
    }
    if (point.getTimeEpochNanos() <= counter.timeNanos) {
      drops.dropped(SliDrop.OLD_POINT, 1, "time " + point.getTimeEpochNanos());
      return null;
    }
    boolean anew =
        point.getStartEpochNanos() > counter.startNanos
            || amount.getValid() < counter.valid
            || amount.getBad() < counter.bad;
    Sums sums =
        anew
            ? sums(amount.getValid(), amount.getBad())
            : sums(amount.getValid() - counter.valid, amount.getBad() - counter.bad);
    set(key, counter, point, amount);
    return new Increase(sums, null);
  }

  private @Nullable Increase begin(
      Key key, SelectedPoint point, SelectedPoint.Amount amount, DropListener drops) {
    if (known.size() >= MOST) {
      drops.dropped(SliDrop.COUNTER_LIMIT, 1, key.toString());
      return null;
    }
    Counter counter = new Counter();
    known.put(key, counter);
    set(key, counter, point, amount);
    long start = point.getStartEpochNanos();
    // A series that was known and forgotten has counted what it shows.
    long since = start > forgottenNanos ? start : 0;
    return new Increase(sums(amount.getValid(), amount.getBad()), since);
  }

  private void set(Key key, Counter counter, SelectedPoint point, SelectedPoint.Amount amount) {
    counter.startNanos = point.getStartEpochNanos();
    counter.timeNanos = point.getTimeEpochNanos();
    counter.valid = amount.getValid();
    counter.bad = amount.getBad();
    changed.put(key, counter);
  }

  private static Sums sums(double valid, double bad) {
    return new Sums(units(valid), units(bad));
  }

  /** Exact for whole numbers: a power of two changes no digit. */
  private static long units(double events) {
    return Math.round(Math.max(0, Math.min(events, MOST_EVENTS)) * FixedPoint.ONE);
  }

  /**
   * Lets go of series that have been silent for long, as seen from the latest point of all. To be
   * called when the subject is stored, so that a replay finds what was known at its time.
   *
   * @param delete is told what may be deleted
   */
  void forget(Consumer<Key> delete) {
    known
        .entrySet()
        .removeIf(
            entry -> {
              Counter counter = entry.getValue();
              boolean silent = counter.timeNanos < latestNanos - SILENT_NANOS;
              if (silent) {
                forgottenNanos = Math.max(forgottenNanos, counter.startNanos);
                changed.remove(entry.getKey());
                delete.accept(entry.getKey());
              }
              return silent;
            });
  }

  /** What changed since this was last called. */
  List<SelectedCounterRecord> takeChanged() {
    List<SelectedCounterRecord> records =
        changed.entrySet().stream().map(e -> encode(e.getKey(), e.getValue())).toList();
    changed.clear();
    return records;
  }

  private static SelectedCounterRecord encode(Key key, Counter counter) {
    return SelectedCounterRecord.newBuilder()
        .setSeriesHigh(key.seriesHigh())
        .setSeriesLow(key.seriesLow())
        .setSelector(key.selector())
        .setStartNanos(counter.startNanos)
        .setTimeNanos(counter.timeNanos)
        .setValid(counter.valid)
        .setBad(counter.bad)
        .build();
  }

  /** Takes a series as it was stored. */
  void restore(SelectedCounterRecord record) {
    Counter counter = new Counter();
    counter.startNanos = record.getStartNanos();
    counter.timeNanos = record.getTimeNanos();
    counter.valid = record.getValid();
    counter.bad = record.getBad();
    latestNanos = Math.max(latestNanos, counter.timeNanos);
    known.put(keyOf(record), counter);
  }

  static Key keyOf(SelectedCounterRecord record) {
    return new Key(record.getSeriesHigh(), record.getSeriesLow(), record.getSelector());
  }

  /** Start of the youngest series that was forgotten, epoch nanoseconds; 0 without. */
  long forgottenNanos() {
    return forgottenNanos;
  }

  void restoreForgotten(long nanos) {
    forgottenNanos = nanos;
  }
}
