// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of one rollout, about 60 bytes each, until the file has been read: rows may come in any
 * order. Mutable, for one thread.
 */
final class LookRows {

  private static final int NUMBERS = 5;

  private final List<SeriesKey> series = new ArrayList<>();
  private final Map<SeriesKey, Integer> seriesIndex = new HashMap<>();
  private long[] looks = new long[16];
  private long[] lines = new long[16];
  private int[] keys = new int[16];
  private double[] numbers = new double[16 * NUMBERS];
  private int size;

  void add(LookRow row) {
    if (size == looks.length) {
      looks = Arrays.copyOf(looks, 2 * size);
      lines = Arrays.copyOf(lines, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size * NUMBERS);
    }
    looks[size] = row.look();
    lines[size] = row.line();
    keys[size] = seriesIndex.computeIfAbsent(row.key(), this::newSeries);
    Counts counts = row.counts();
    int at = size * NUMBERS;
    numbers[at] = counts.canaryEvents();
    numbers[at + 1] = counts.canaryCalls();
    numbers[at + 2] = counts.baselineEvents();
    numbers[at + 3] = counts.baselineCalls();
    numbers[at + 4] = counts.phi();
    size++;
  }

  private int newSeries(SeriesKey key) {
    series.add(key);
    return series.size() - 1;
  }

  /** Every series of the rollout. */
  List<SeriesKey> series() {
    return List.copyOf(series);
  }

  /**
   * Requires that no series has two rows for one look; a verdict on half of a contradiction would
   * be worth nothing.
   */
  void requireNoDuplicates() throws LookFileException {
    int[] order = order();
    for (int i = 1; i < order.length; i++) {
      int row = order[i];
      int before = order[i - 1];
      if (looks[row] == looks[before] && keys[row] == keys[before]) {
        throw new LookFileException(
            lines[row],
            "a second row for look %d of %s, the first is line %d"
                .formatted(looks[row], series.get(keys[row]), lines[before]));
      }
    }
  }

  /** The looks in rising order. */
  List<Look> looks() {
    int[] order = order();
    List<Look> result = new ArrayList<>();
    List<SeriesLook> one = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      one.add(new SeriesLook(series.get(keys[row]), counts(row)));
      if (i + 1 == order.length || looks[order[i + 1]] != looks[row]) {
        result.add(new Look(looks[row], one));
        one.clear();
      }
    }
    return result;
  }

  private int[] order() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(row -> looks[row])
                .thenComparingInt(row -> keys[row])
                .thenComparingLong(row -> lines[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Counts counts(int row) {
    int at = row * NUMBERS;
    return new Counts(
        numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + 4]);
  }
}
