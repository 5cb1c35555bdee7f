// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Some windows, parted by the width of their buckets. There is one plan per list of windows, that
 * is per compliance period, and many sums share it.
 */
final class WindowPlan {
  private static final Map<List<Window>, WindowPlan> PLANS = new ConcurrentHashMap<>();

  private final List<Window> windows;
  private final Window[][] byCode = new Window[BucketWidth.COUNT][];

  private WindowPlan(List<Window> windows) {
    this.windows = windows;
    for (BucketWidth width : BucketWidth.values()) {
      byCode[width.code()] =
          windows.stream().filter(window -> window.width() == width).toArray(Window[]::new);
    }
  }

  static WindowPlan of(List<Window> windows) {
    return PLANS.computeIfAbsent(List.copyOf(windows), WindowPlan::new);
  }

  List<Window> windows() {
    return windows;
  }

  boolean has(BucketWidth width) {
    return byCode[width.code()].length > 0;
  }

  /** Windows of one width; shared, not to be changed. */
  Window[] of(BucketWidth width) {
    return byCode[width.code()];
  }
}
