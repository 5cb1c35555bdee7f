// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowedSumsTest {
  /** 2026-11-20T12:00:00Z, a bound of every bucket width. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 86_400_000;

  private final WindowedSums sums = new WindowedSums(Window.ofPeriod(30 * 86_400));

  /**
   * An event at noon stands in the bucket of noon, which is covered until a window's last closed
   * buckets begin behind it: closed until noon + window, not until one bucket later.
   */
  @ParameterizedTest
  @CsvSource({
    "5m, 300, 10",
    "30m, 1800, 10",
    "1h, 3600, 10",
    "2h, 7200, 60",
    "6h, 21600, 60",
    "1d, 86400, 300",
    "3d, 259200, 300",
    "7d, 604800, 900",
    "28d, 2419200, 900",
    "30d, 2592000, 900",
    "90d, 7776000, 900",
  })
  void window_coversItsClosedBucketsAndNoMore(String label, long seconds, int widthSeconds) {
    Window window = Window.of(seconds);
    assertThat(window.label()).isEqualTo(label);
    assertThat(window.width().seconds()).isEqualTo(widthSeconds);

    WindowedSums sums = new WindowedSums(List.of(window));
    sums.add(NOON, 7, 3);
    long lastCovered = NOON + seconds * SECOND;
    sums.advance(lastCovered);
    assertThat(sums.over(window)).isEqualTo(new Sums(7, 3));
    // The bucket behind the last one is still open: nothing leaves.
    sums.advance(lastCovered + widthSeconds * SECOND - 1);
    assertThat(sums.over(window)).isEqualTo(new Sums(7, 3));
    sums.advance(lastCovered + widthSeconds * SECOND);
    assertThat(sums.over(window)).isEqualTo(Sums.NONE);
  }

  @Test
  void window_countsWhatIsNotClosedYet() {
    sums.advance(NOON);
    sums.add(NOON + 25 * SECOND, 2, 0);
    for (Window window : sums.windows()) {
      assertThat(sums.over(window)).as(window.label()).isEqualTo(new Sums(2, 0));
    }
  }

  @Test
  void lateAmount_correctsEveryWindowThatStillCoversIt() {
    sums.add(NOON, 1, 0);
    sums.advance(NOON + 2 * HOUR);
    sums.add(NOON + 20 * MINUTE, 10, 5);
    assertThat(sums.over(Window.HOUR)).isEqualTo(Sums.NONE);
    assertThat(sums.over(Window.of(7_200))).isEqualTo(new Sums(11, 5));
    assertThat(sums.over(Window.of(30 * 86_400))).isEqualTo(new Sums(11, 5));
  }

  @Test
  void lateAmount_isIgnored_whenEveryWindowHasPassedIt() {
    sums.add(NOON, 1, 0);
    sums.advance(NOON + 31 * DAY);
    sums.add(NOON, 5, 5);
    assertThat(sums.isEmpty()).isTrue();
    assertThat(sums.over(Window.of(30 * 86_400))).isEqualTo(Sums.NONE);
  }

  @Test
  void silentSubject_isForgottenByTimeAlone() {
    sums.add(NOON, 4, 1);
    assertThat(sums.advance(NOON + 300 * SECOND)).isFalse();
    assertThat(sums.advance(NOON + 310 * SECOND)).isTrue();
    assertThat(sums.over(Window.of(300))).isEqualTo(Sums.NONE);
    assertThat(sums.over(Window.of(1_800))).isEqualTo(new Sums(4, 1));
  }

  @Test
  void time_doesNotGoBack() {
    sums.advance(NOON + HOUR);
    assertThat(sums.advance(NOON)).isFalse();
    sums.add(NOON - HOUR, 1, 0);
    assertThat(sums.over(Window.HOUR)).isEqualTo(Sums.NONE);
  }

  @Test
  void period_replacesTheWindowOfTheSameLength() {
    assertThat(Window.ofPeriod(86_400)).hasSize(7).endsWith(Window.of(86_400));
    assertThat(Window.ofPeriod(7 * 86_400)).hasSize(8).endsWith(new Window("7d", 604_800));
  }

  /** Amounts in any order at any time give what a loop over all of them gives. */
  @Test
  void runningSums_equalNaiveSums() {
    long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
    Random random = new Random(seed);
    record Amount(long epochMillis, long valid, long bad) {}
    for (int run = 0; run < 20; run++) {
      List<Amount> amounts = new ArrayList<>();
      WindowedSums tested = new WindowedSums(Window.ofPeriod(7 * 86_400));
      long closed = NOON;
      tested.advance(closed);
      for (int step = 0; step < 2_000; step++) {
        // Mostly fresh, some hours old, a few days old.
        long reach = (long) (Math.pow(random.nextDouble(), 8) * 8 * DAY);
        Amount amount =
            new Amount(
                closed + 20 * SECOND - reach - random.nextInt(40) * SECOND,
                random.nextInt(100),
                random.nextInt(3));
        amounts.add(amount);
        tested.add(amount.epochMillis(), amount.valid(), amount.bad());
        if (random.nextInt(4) == 0) {
          closed += random.nextInt(20) == 0 ? random.nextLong(DAY / 2) : random.nextLong(MINUTE);
          tested.advance(closed);
        }
      }
      for (Window window : tested.windows()) {
        long width = window.width().seconds() * SECOND;
        long from = Math.floorDiv(closed, width) * width - window.seconds() * SECOND;
        long valid = 0;
        long bad = 0;
        for (Amount amount : amounts) {
          boolean covered = Math.floorDiv(amount.epochMillis(), width) * width >= from;
          valid += covered ? amount.valid() : 0;
          bad += covered ? amount.bad() : 0;
        }
        assertThat(tested.over(window))
            .as("seed %d, run %d, window %s", seed, run, window.label())
            .isEqualTo(new Sums(valid, bad));
      }
    }
  }

  @Test
  void restoredBuckets_giveTheSameSums() {
    sums.advance(NOON);
    for (int i = 0; i < 500; i++) {
      sums.add(NOON - i * 37 * MINUTE, i + 1, i % 3);
    }
    WindowedSums restored = new WindowedSums(sums.windows());
    for (BucketWidth width : BucketWidth.values()) {
      sums.visit(
          width,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          (slot, valid, bad) -> restored.restore(width, slot, valid, bad));
    }
    restored.advance(NOON);
    for (Window window : sums.windows()) {
      assertThat(restored.over(window)).as(window.label()).isEqualTo(sums.over(window));
    }
  }

  @Test
  void otherWindows_keepTheAmounts() {
    sums.advance(NOON);
    sums.add(NOON - 10 * DAY, 8, 2);
    sums.add(NOON - MINUTE, 4, 1);
    WindowedSums shorter = sums.withWindows(Window.ofPeriod(7 * 86_400), made -> {});
    assertThat(shorter.over(Window.of(7 * 86_400))).isEqualTo(new Sums(4, 1));
    assertThat(shorter.over(Window.of(300))).isEqualTo(new Sums(4, 1));
  }
}
