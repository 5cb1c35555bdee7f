// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankTestTest {

  /** All splits of the values, one by one. */
  private static double bruteForce(List<Double> canary, List<Double> baseline) {
    List<Double> all = new ArrayList<>(canary);
    all.addAll(baseline);
    double observed = 0;
    for (double value : canary) {
      observed += rank(all, value);
    }
    int splits = 0;
    int asHigh = 0;
    for (int mask = 0; mask < 1 << all.size(); mask++) {
      if (Integer.bitCount(mask) != canary.size()) {
        continue;
      }
      double sum = 0;
      for (int i = 0; i < all.size(); i++) {
        sum += (mask >> i & 1) == 1 ? rank(all, all.get(i)) : 0;
      }
      splits++;
      asHigh += sum >= observed - 1e-9 ? 1 : 0;
    }
    return (double) asHigh / splits;
  }

  private static double rank(List<Double> all, double value) {
    long below = all.stream().filter(other -> other < value).count();
    long equal = all.stream().filter(other -> other == value).count();
    return below + (equal + 1) / 2.0;
  }

  @Test
  void upperTail_equalsAllSplits_withTies() {
    SplittableRandom random = new SplittableRandom(42);
    for (int trial = 0; trial < 60; trial++) {
      List<Double> canary = new ArrayList<>();
      List<Double> baseline = new ArrayList<>();
      for (int i = 0; i < 1 + trial % 5; i++) {
        canary.add((double) random.nextInt(8));
      }
      for (int i = 0; i < 1 + trial % 7; i++) {
        baseline.add((double) random.nextInt(6));
      }
      assertThat(RankTest.upperTail(canary, baseline))
          .isCloseTo(bruteForce(canary, baseline), within(1e-12));
    }
  }

  /** All three above all seven: one split of C(10, 3) = 120. */
  @Test
  void upperTail_byHand() {
    assertThat(
            RankTest.upperTail(
                List.of(11.0, 12.0, 13.0), List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)))
        .isCloseTo(1 / 120.0, within(1e-15));
  }

  @Test
  void upperTail_ofEqualSamples() {
    assertThat(RankTest.upperTail(List.of(1.0, 1.0), List.of(1.0, 1.0, 1.0)))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void upperTail_withoutASample() {
    assertThat(RankTest.upperTail(List.of(), List.of(1.0))).isEqualTo(1);
    assertThat(RankTest.upperTail(List.of(1.0), List.of())).isEqualTo(1);
  }

  /**
   * The largest sizes that are ever tested: 1 / C(240, 40) is far below what a double can round
   * away.
   */
  @Test
  void upperTail_ofTheLargestSamples() {
    List<Double> canary = new ArrayList<>();
    List<Double> baseline = new ArrayList<>();
    for (int i = 0; i < InitControl.MAX_ARCHIVED; i++) {
      baseline.add((double) i);
    }
    double log = 0;
    for (int i = 0; i < InitEvidence.MAX_CANARY; i++) {
      canary.add(1_000.0 + i);
      log += Math.log(InitControl.MAX_ARCHIVED + i + 1.0) - Math.log(i + 1.0);
    }
    assertThat(Math.log(RankTest.upperTail(canary, baseline))).isCloseTo(-log, within(1e-9));
  }
}
