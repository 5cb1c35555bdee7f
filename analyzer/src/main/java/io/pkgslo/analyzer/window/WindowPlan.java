// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Some windows, parted by the width of their buckets. There is one plan per list of windows, that
 * is per compliance period, and many sums share it, and with it where their windows begin.
 */
final class WindowPlan {
  private static final Map<List<Window>, WindowPlan> PLANS = new ConcurrentHashMap<>();

  private final List<Window> windows;
  private final Window[][] byCode = new Window[BucketWidth.COUNT][];
  private final int[][] unbounded = new int[BucketWidth.COUNT][];

  /** For each window the code of its width, and its position among those of this width. */
  private final int[] code;

  private final int[] position;

  /**
   * What was asked for last, by width: all sums of one time ask the same. Threads may overwrite
   * each other's, since each is whole.
   */
  private final @Nullable Beginning[] last = new Beginning[BucketWidth.COUNT];

  private static final class Beginning {
    private final int openSlot;
    private final int[] firstSlots;

    Beginning(int openSlot, int[] firstSlots) {
      this.openSlot = openSlot;
      this.firstSlots = firstSlots;
    }
  }

  private WindowPlan(List<Window> windows) {
    this.windows = windows;
    this.code = windows.stream().mapToInt(window -> window.width().code()).toArray();
    this.position = new int[windows.size()];
    for (BucketWidth width : BucketWidth.values()) {
      Window[] own =
          windows.stream().filter(window -> window.width() == width).toArray(Window[]::new);
      byCode[width.code()] = own;
      unbounded[width.code()] = new int[own.length];
      Arrays.fill(unbounded[width.code()], Integer.MIN_VALUE);
    }
    for (int i = 0; i < position.length; i++) {
      position[i] = Arrays.asList(byCode[code[i]]).indexOf(windows.get(i));
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

  /** Code of the width of one of {@link #windows}. */
  int code(int window) {
    return code[window];
  }

  /** Where one of {@link #windows} stands among those of its width. */
  int position(int window) {
    return position[window];
  }

  /** The first buckets of the windows of one width while time is unknown; shared. */
  int[] unbounded(BucketWidth width) {
    return unbounded[width.code()];
  }

  /**
   * The first buckets of the windows of one width when the buckets before {@code openSlot} are
   * closed; shared, not to be changed.
   */
  int[] firstSlots(BucketWidth width, int openSlot) {
    Beginning known = last[width.code()];
    if (known != null && known.openSlot == openSlot) {
      return known.firstSlots;
    }
    int[] firstSlots =
        Arrays.stream(of(width)).mapToInt(window -> window.firstSlot(openSlot)).toArray();
    last[width.code()] = new Beginning(openSlot, firstSlots);
    return firstSlots;
  }
}
