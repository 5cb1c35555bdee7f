// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window of event time: its last {@code seconds / width} closed buckets and everything
 * that is not closed yet.
 *
 * @param label as in the label {@code window}: 5m, 30m, 1h ...
 * @param seconds length; a length that is no multiple of its bucket width is widened to one. Of a
 *     calendar period: its nominal length
 * @param calendar null for a sliding window; else the window begins with the period of the calendar
 *     that its first bucket which is not closed is in, on the bucket that holds this start
 */
public record Window(String label, long seconds, @Nullable CalendarPeriod calendar) {
  /** The longest sliding window, and the longest nominal length of a calendar period. */
  public static final long LONGEST_SECONDS = 7_776_000;

  /** One hour: what rates per package are shown over. */
  public static final Window HOUR = of(3_600);

  /** The windows of burn rates, shortest first. */
  public static final List<Window> BURN_RATES =
      List.of(of(300), of(1_800), HOUR, of(7_200), of(21_600), of(86_400), of(259_200));

  private static final long MINUTE_SECONDS = 60;
  private static final long HOUR_SECONDS = 3_600;
  private static final long DAY_SECONDS = 86_400;

  public Window {
    if (seconds < MINUTE_SECONDS) {
      throw new IllegalArgumentException("window must be at least 1 min, was " + seconds + " s");
    }
    if (seconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException("window must be at most 90 d, was " + seconds + " s");
    }
    if (calendar == null) {
      int width = BucketWidth.forWindow(seconds).seconds();
      seconds = -Math.floorDiv(-seconds, width) * width;
    }
  }

  /** A sliding window. */
  public Window(String label, long seconds) {
    this(label, seconds, null);
  }

  /** A window that is named by its length in the largest unit that divides it. */
  public static Window of(long seconds) {
    if (seconds % DAY_SECONDS == 0) {
      return new Window(seconds / DAY_SECONDS + "d", seconds);
    }
    if (seconds % HOUR_SECONDS == 0) {
      return new Window(seconds / HOUR_SECONDS + "h", seconds);
    }
    return seconds % MINUTE_SECONDS == 0
        ? new Window(seconds / MINUTE_SECONDS + "m", seconds)
        : new Window(seconds + "s", seconds);
  }

  /** The windows of an objective: those of burn rates, and its period as the last one. */
  public static List<Window> ofPeriod(long periodSeconds) {
    return withBurnRates(of(periodSeconds));
  }

  /** Likewise for a period of the calendar; it is named by its nominal length. */
  public static List<Window> ofCalendar(long nominalSeconds, CalendarPeriod calendar) {
    return withBurnRates(new Window(of(nominalSeconds).label(), nominalSeconds, calendar));
  }

  private static List<Window> withBurnRates(Window period) {
    List<Window> windows = new ArrayList<>(BURN_RATES);
    windows.removeIf(window -> window.label().equals(period.label()));
    windows.add(period);
    return List.copyOf(windows);
  }

  /** Width of the buckets that this window counts. */
  public BucketWidth width() {
    return BucketWidth.forWindow(longestSeconds());
  }

  /** No longer ago than this does the window begin. */
  public long longestSeconds() {
    return calendar == null ? seconds : calendar.longestSeconds();
  }

  /** The first bucket of this window when the buckets before {@code openSlot} are closed. */
  int firstSlot(int openSlot) {
    BucketWidth width = width();
    if (calendar == null) {
      return openSlot - Math.toIntExact(seconds / width.seconds());
    }
    return width.slotOf(calendar.startOf((long) openSlot * width.seconds() * 1_000));
  }
}
