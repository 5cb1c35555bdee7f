// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfidenceBoundsTest {

  private static CountEvidence replay(double delta, double deltaMax) {
    CountEvidence evidence = CountEvidence.START;
    for (int look = 0; look < 30; look++) {
      Counts counts = Counts.of(2 + look % 3, 200 + look, 20 + look % 5, 1_800 - 3 * look);
      evidence = evidence.next(counts, delta, deltaMax);
    }
    return evidence;
  }

  /** A bound is where the exact process, run with that ratio, meets its threshold, to 0.2 %. */
  @Test
  void bounds_areRootsOfTheExactProcess() {
    ConfidenceBounds bounds = ConfidenceBounds.of(replay(1, 2), 0.05);
    double threshold = Math.log(40);
    Double upper = bounds.upper();
    assertThat(upper).isNotNull();
    assertThat(replay(bounds.lower() * 0.998, 2).logE()).isGreaterThan(threshold);
    assertThat(replay(bounds.lower() * 1.002, 2).logE()).isLessThan(threshold);
    assertThat(replay(1, upper * 0.998).logBetter()).isLessThan(threshold);
    assertThat(replay(1, upper * 1.002).logBetter()).isGreaterThan(threshold);
    assertThat(bounds.lower()).isLessThan(upper);
  }

  @Test
  void bounds_withoutEvents() {
    CountEvidence quiet = CountEvidence.START.next(Counts.of(0, 100, 0, 900), 1, 2);
    assertThat(ConfidenceBounds.of(quiet, 0.05)).isEqualTo(new ConfidenceBounds(0, null));
  }

  @Test
  void upper_isAbsent_whenOnlyTheCanaryFails() {
    CountEvidence evidence = CountEvidence.START.next(Counts.of(9, 100, 0, 900), 1, 2);
    ConfidenceBounds bounds = ConfidenceBounds.of(evidence, 0.05);
    assertThat(bounds.upper()).isNull();
    assertThat(bounds.lower()).isGreaterThan(1);
  }

  @Test
  void lower_isZero_whenOnlyTheBaselineFails() {
    CountEvidence evidence = CountEvidence.START.next(Counts.of(0, 500, 90, 500), 1, 2);
    ConfidenceBounds bounds = ConfidenceBounds.of(evidence, 0.05);
    assertThat(bounds.lower()).isZero();
    assertThat(bounds.upper()).isNotNull().satisfies(up -> assertThat(up).isLessThan(0.5));
  }
}
