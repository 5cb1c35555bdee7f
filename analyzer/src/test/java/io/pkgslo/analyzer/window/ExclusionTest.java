// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Excluded time leaves both sums, widened to the buckets of each window. */
class ExclusionTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  private final WindowedSums sums = new WindowedSums(Window.ofPeriod(7 * 86_400));

  private Sums over(long seconds) {
    return sums.over(Window.of(seconds));
  }

  /** "For ever" in an objective file: far beyond the buckets that have a number. */
  @Test
  void intervalThatEndsInTheYear9999_hidesAllFromItsStartOn() {
    sums.add(NOON - MINUTE, 3, 1);
    sums.add(NOON, 5, 2);
    sums.advance(NOON + 10 * SECOND);
    sums.exclude(List.of(new TimeInterval(NOON, 253_402_214_400_000L)));
    assertThat(over(3_600)).isEqualTo(new Sums(3, 1));
  }

  /**
   * 12:03:25 to 12:04:00 is excluded. Windows up to 1 h lose 12:03:20 to 12:04:00, those up to 6 h
   * 12:03 to 12:04, those up to 3 d 12:00 to 12:05, the period 12:00 to 12:15.
   */
  @Test
  void interval_isWidenedToTheBucketsOfEachWindow() {
    long[] at = {
      NOON - 1,
      NOON,
      NOON + 3 * MINUTE - 1,
      NOON + 3 * MINUTE,
      NOON + 200 * SECOND - 1,
      NOON + 200 * SECOND,
      NOON + 4 * MINUTE - 1,
      NOON + 4 * MINUTE,
      NOON + 5 * MINUTE - 1,
      NOON + 5 * MINUTE,
      NOON + 15 * MINUTE - 1,
      NOON + 15 * MINUTE
    };
    for (int i = 0; i < at.length; i++) {
      sums.add(at[i], 1L << i, 0);
    }
    sums.advance(NOON + 16 * MINUTE);
    sums.exclude(List.of(new TimeInterval(NOON + 205 * SECOND, NOON + 4 * MINUTE)));

    assertThat(over(3_600).valid()).isEqualTo(0b111110011111);
    assertThat(over(21_600).valid()).isEqualTo(0b111110000111);
    assertThat(over(86_400).valid()).isEqualTo(0b111000000001);
    assertThat(over(604_800).valid()).isEqualTo(0b100000000001);
  }

  @Test
  void exclusionThatIsWithdrawn_givesEverythingBack() {
    sums.add(NOON, 10, 4);
    sums.exclude(List.of(new TimeInterval(NOON, NOON + MINUTE)));
    assertThat(over(3_600)).isEqualTo(Sums.NONE);
    // What comes later into excluded time does not count either, but is kept.
    sums.add(NOON + SECOND, 1, 1);
    assertThat(over(604_800)).isEqualTo(Sums.NONE);
    sums.exclude(List.of());
    assertThat(over(3_600)).isEqualTo(new Sums(11, 5));
    assertThat(over(604_800)).isEqualTo(new Sums(11, 5));
  }

  @Test
  void excludedBucket_leavesAWindowWithoutATrace() {
    sums.add(NOON, 10, 4);
    sums.add(NOON + MINUTE, 1, 0);
    sums.exclude(List.of(new TimeInterval(NOON, NOON + 10 * SECOND)));
    assertThat(over(300)).isEqualTo(new Sums(1, 0));
    sums.advance(NOON + 310 * SECOND);
    assertThat(over(300)).isEqualTo(new Sums(1, 0));
    sums.advance(NOON + 370 * SECOND);
    assertThat(over(300)).isEqualTo(Sums.NONE);
  }

  @Test
  void intervals_areMerged() {
    assertThat(
            TimeInterval.merged(
                List.of(
                    new TimeInterval(50, 60),
                    new TimeInterval(0, 10),
                    new TimeInterval(10, 20),
                    new TimeInterval(15, 18))))
        .containsExactly(new TimeInterval(0, 20), new TimeInterval(50, 60));
    assertThat(new TimeInterval(-5, 61).widened(60)).isEqualTo(new TimeInterval(-60, 120));
    assertThat(new TimeInterval(60, 120).widened(60)).isEqualTo(new TimeInterval(60, 120));
  }

  /** Whatever the order of amounts, exclusions and time: what a loop over all amounts gives. */
  @Test
  void sums_equalNaiveSums() {
    long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
    Random random = new Random(seed);
    record Amount(long epochMillis, long valid) {}
    for (int run = 0; run < 10; run++) {
      WindowedSums tested = new WindowedSums(Window.ofPeriod(7 * 86_400));
      List<Amount> amounts = new ArrayList<>();
      List<TimeInterval> excluded = List.of();
      long closed = NOON;
      tested.advance(closed);
      for (int step = 0; step < 1_000; step++) {
        Amount amount =
            new Amount(closed - (long) (Math.pow(random.nextDouble(), 6) * 8e8), random.nextInt(9));
        amounts.add(amount);
        tested.add(amount.epochMillis(), amount.valid(), 0);
        if (random.nextInt(10) == 0) {
          closed += random.nextLong(30 * MINUTE);
          tested.advance(closed);
        }
        if (random.nextInt(100) == 0) {
          List<TimeInterval> next = new ArrayList<>();
          for (int i = random.nextInt(5); i > 0; i--) {
            long start = closed - random.nextLong(800_000_000L);
            next.add(new TimeInterval(start, start + 1 + random.nextLong(50_000_000L)));
          }
          excluded = TimeInterval.merged(next);
          tested.exclude(excluded);
        }
      }
      for (Window window : tested.windows()) {
        long width = window.width().seconds() * SECOND;
        long from = Math.floorDiv(closed, width) * width - window.seconds() * SECOND;
        long valid = 0;
        for (Amount amount : amounts) {
          long bucket = Math.floorDiv(amount.epochMillis(), width) * width;
          boolean hidden =
              excluded.stream()
                  .anyMatch(i -> i.startMillis() < bucket + width && i.endMillis() > bucket);
          valid += bucket >= from && !hidden ? amount.valid() : 0;
        }
        assertThat(tested.over(window).valid())
            .as("seed %d, run %d, window %s", seed, run, window.label())
            .isEqualTo(valid);
      }
    }
  }
}
