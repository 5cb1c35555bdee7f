// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountEvidenceTest {

  private static final MathContext DIGITS = new MathContext(60);

  /**
   * The definition, product by product and in sixty digits, as rollback-statistics.md writes it.
   */
  private static BigDecimal directly(List<Counts> looks, String delta) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String ratio : List.of("1.5", "2", "3", "5", "10")) {
      BigDecimal product = BigDecimal.ONE;
      for (Counts look : looks) {
        BigDecimal p0 = share(new BigDecimal(delta), look);
        BigDecimal pr = share(new BigDecimal(delta).multiply(new BigDecimal(ratio)), look);
        BigDecimal hit = pr.divide(p0, DIGITS);
        BigDecimal miss = BigDecimal.ONE.subtract(pr).divide(BigDecimal.ONE.subtract(p0), DIGITS);
        product =
            product
                .multiply(hit.pow((int) look.canaryEvents(), DIGITS), DIGITS)
                .multiply(miss.pow((int) look.baselineEvents(), DIGITS), DIGITS);
      }
      sum = sum.add(product);
    }
    return sum.divide(BigDecimal.valueOf(5), DIGITS);
  }

  private static BigDecimal share(BigDecimal factor, Counts look) {
    BigDecimal canary = factor.multiply(BigDecimal.valueOf(look.canaryCalls()));
    return canary.divide(canary.add(BigDecimal.valueOf(look.baselineCalls())), DIGITS);
  }

  private static CountEvidence after(List<Counts> looks, double delta) {
    CountEvidence evidence = CountEvidence.START;
    for (Counts look : looks) {
      evidence = evidence.next(look, delta, 2);
    }
    return evidence;
  }

  @ParameterizedTest
  @CsvSource({"1", "1.5", "0.5"})
  void logE_equalsTheDirectProduct(String delta) {
    List<Counts> looks =
        List.of(
            Counts.of(3, 200, 4, 1_800),
            Counts.of(0, 1, 7, 123_456),
            Counts.of(5, 90_000, 0, 10),
            Counts.of(2, 512, 2, 512));
    assertThat(after(looks, Double.parseDouble(delta)).logE())
        .isCloseTo(Math.log(directly(looks, delta).doubleValue()), within(1e-12));
  }

  /** The facts that rollback-statistics.md prints as the explanation. */
  @ParameterizedTest
  @CsvSource({"3,1", "4,5", "4,10", "5,20", "10,50"})
  void logE_passes100_withZeroBaselineEvents(int events, int percent) {
    Counts enough = Counts.of(events, 1_000 * percent, 0, 1_000 * (100 - percent));
    Counts lessOne = Counts.of(events - 1, 1_000 * percent, 0, 1_000 * (100 - percent));
    assertThat(directly(List.of(enough), "1").doubleValue()).isGreaterThanOrEqualTo(100);
    assertThat(directly(List.of(lessOne), "1").doubleValue()).isLessThan(100);
    assertThat(after(List.of(enough), 1).logE()).isGreaterThanOrEqualTo(Math.log(100));
    assertThat(after(List.of(lessOne), 1).logE()).isLessThan(Math.log(100));
  }

  /** One event among equal exposures: p0 = 1/2, so r / (1 + (r - 1) / 2) = 2 r / (r + 1). */
  @Test
  void logE_ofOneEvent_byHand() {
    double byHand = (6 / 5.0 + 4 / 3.0 + 3 / 2.0 + 5 / 3.0 + 20 / 11.0) / 5;
    assertThat(after(List.of(Counts.of(1, 50, 0, 50)), 1).logE())
        .isCloseTo(Math.log(byHand), within(1e-15));
  }

  @Test
  void logE_whenNothingHappens() {
    assertThat(after(List.of(Counts.of(0, 1_000, 0, 9_000)), 1).logE()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5,0,1,100", "5,100,1,0", "0,0,0,0"})
  void next_withoutExposureOfAnArm(double x, double nc, double y, double nb) {
    CountEvidence evidence = after(List.of(Counts.of(x, nc, y, nb)), 1);
    assertThat(evidence.logE()).isZero();
    assertThat(evidence.looks()).isZero();
    assertThat(evidence.incomparableEvents()).isEqualTo(x + y);
  }

  /** Billions of events cancel to a finite log: at equal rates every bet but the truth loses. */
  @Test
  void logE_ofHugeCounts() {
    CountEvidence equal = after(List.of(Counts.of(1e9, 1e9, 1e9, 1e9)), 1);
    assertThat(equal.logE()).isFinite().isLessThan(-1e6);
    CountEvidence worse = after(List.of(Counts.of(1e9, 1e9, 1e8, 1e9)), 1);
    double byHand = 1e9 * Math.log(20 / 11.0) + 1e8 * Math.log(2 / 11.0) - Math.log(5);
    assertThat(worse.logE()).isCloseTo(byHand, within(1.0));
  }

  @Test
  void next_dividesByOverdispersion() {
    Counts tempered = new Counts(40, 1_000, 120, 9_000, 4);
    assertThat(after(List.of(tempered), 1).logE())
        .isEqualTo(after(List.of(Counts.of(10, 1_000, 30, 9_000)), 1).logE());
  }

  /** The proof of a promotion is the same bet with the arms and the ratio turned round. */
  @Test
  void logBetter_isTheMirrorImage() {
    List<Counts> looks = List.of(Counts.of(3, 200, 50, 1_800), Counts.of(1, 300, 44, 1_700));
    List<Counts> turned = List.of(Counts.of(50, 1_800, 3, 200), Counts.of(44, 1_700, 1, 300));
    assertThat(after(looks, 1).logBetter())
        .isCloseTo(Math.log(directly(turned, "0.5").doubleValue()), within(1e-12));
  }

  @Test
  void maxLogE_neverFalls() {
    List<Counts> looks = List.of(Counts.of(8, 100, 0, 900), Counts.of(0, 100, 90, 900));
    CountEvidence evidence = after(looks, 1);
    assertThat(evidence.maxLogE()).isEqualTo(after(looks.subList(0, 1), 1).logE());
    assertThat(evidence.logE()).isLessThan(evidence.maxLogE());
  }

  @ParameterizedTest
  @CsvSource({"-1,1,0,1,1", "NaN,1,0,1,1", "0,Infinity,0,1,1", "0,1,0,1,0.9", "0,1,0,1,NaN"})
  void counts_outOfRange(double x, double nc, double y, double nb, double phi) {
    assertThatThrownBy(() -> new Counts(x, nc, y, nb, phi))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
