// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.ArrayList;
import java.util.List;

/**
 * A sliding window of event time: its last {@code seconds / width} closed buckets and everything
 * that is not closed yet.
 *
 * @param label as in the label {@code window}: 5m, 30m, 1h ...
 * @param seconds length; a length that is no multiple of its bucket width is widened to one
 */
public record Window(String label, long seconds) {
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
    int width = BucketWidth.forWindow(seconds).seconds();
    seconds = -Math.floorDiv(-seconds, width) * width;
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
    Window period = of(periodSeconds);
    List<Window> windows = new ArrayList<>(BURN_RATES);
    windows.remove(period);
    windows.add(period);
    return List.copyOf(windows);
  }

  /** Width of the buckets that this window counts. */
  public BucketWidth width() {
    return BucketWidth.forWindow(seconds);
  }

  /** Closed buckets in this window. */
  int closedBuckets() {
    return Math.toIntExact(seconds / width().seconds());
  }
}
