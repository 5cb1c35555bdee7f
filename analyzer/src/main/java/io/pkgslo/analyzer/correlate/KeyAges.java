// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.TreeMap;

/**
 * Since when keys are known: a key counts while no more than the horizon has passed since it was
 * last added, and while not more than a limit of keys is younger. All times are append times, as
 * {@link EpochSeconds}, so what is known does not depend on when someone looks. Mutable,
 * single-threaded.
 */
final class KeyAges {
  private final int horizonSeconds;
  private final int limit;

  /** Keys that count, per second in which they were last added, and their sum. */
  private final TreeMap<Integer, int[]> perSecond = new TreeMap<>();

  private int live;

  /** The entry of {@link #perSecond} that was used last: nearly always the next one too. */
  private int[] counted = new int[1];

  private int countedSecond;

  /** Keys last added before this second are forgotten. */
  private int oldest = 1;

  private int newest = 1;
  private long forgotten;

  KeyAges(long horizonMillis, int limit) {
    this.horizonSeconds = Math.toIntExact(Math.floorDiv(horizonMillis + 999, 1000L));
    this.limit = limit;
  }

  /** The second that counts for a key that is added at {@code second}. */
  int arrival(int second) {
    int now = Math.max(second, oldest);
    newest = Math.max(newest, now);
    return now;
  }

  /** True if a key that was last added then need not be kept. */
  boolean isForgotten(int last) {
    return last < oldest;
  }

  /** True if a key that is added now, and was before at {@code last}, is a duplicate. */
  boolean isKnown(int last, int now) {
    return last >= oldest && last >= now - horizonSeconds;
  }

  /** Counts a key that was not here. */
  void add(int now) {
    count(now);
    while (live > limit) {
      forget(perSecond.firstKey() + 1);
    }
  }

  /** Counts a key that was here again, at a later time. One that was forgotten is a new one. */
  void renew(int last, int now) {
    if (isForgotten(last)) {
      add(now);
    } else {
      discount(last);
      count(now);
    }
  }

  private void count(int second) {
    if (second != countedSecond) {
      counted = perSecond.computeIfAbsent(second, s -> new int[1]);
      countedSecond = second;
    }
    counted[0]++;
    live++;
  }

  private void discount(int second) {
    int[] count = perSecond.get(second);
    if (count != null) {
      count[0]--;
      live--;
    }
  }

  /** No key will be added any more with a time before {@code second}. */
  void advance(int second) {
    forget(second - horizonSeconds);
  }

  private void forget(int before) {
    oldest = Math.max(oldest, before);
    while (!perSecond.isEmpty() && perSecond.firstKey() < oldest) {
      int count = perSecond.pollFirstEntry().getValue()[0];
      live -= count;
      forgotten += count;
    }
    countedSecond = 0;
  }

  /** Keys that count. */
  int live() {
    return live;
  }

  /** Keys that were forgotten since {@link #clearForgotten}. */
  long forgotten() {
    return forgotten;
  }

  void clearForgotten() {
    forgotten = 0;
  }

  /** What is known really: the horizon, or less while the limit of keys is reached. */
  int effectiveHorizonSeconds() {
    return Math.min(horizonSeconds, newest - oldest);
  }
}
