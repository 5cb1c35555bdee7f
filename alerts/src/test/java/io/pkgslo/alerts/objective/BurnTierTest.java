// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnTierTest {
  /** The factors of the SRE workbook for 30 days, and those of the same shares for others. */
  @Test
  void factors_areThoseOfTheWorkbook() {
    assertThat(factors(Duration.ofDays(30))).containsExactly("14.4", "6", "3", "1");
    assertThat(factors(Duration.ofDays(28))).containsExactly("13.44", "5.6", "2.8", "0.933333");
  }

  @Test
  void factors_ofAWeek_useLargerShares() {
    assertThat(factors(Duration.ofDays(7))).containsExactly("13.44", "3.5", "1.4", "0.98");
  }

  @Test
  void tier_canFire_onlyIfAnOutageReachesItsFactor() {
    BurnTier fast = BurnTier.defaultsFor(Duration.ofDays(30)).get(0);

    assertThat(fast.reachable(new BigDecimal("0.94"), Duration.ofDays(30))).isTrue();
    assertThat(fast.reachable(new BigDecimal("0.93"), Duration.ofDays(30))).isFalse();
  }

  @Test
  void windows_inTheWrongOrder_areRefused() {
    assertThatThrownBy(
            () ->
                new BurnTier(
                    new BigDecimal("0.1"),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Severity.PAGE))
        .hasMessageContaining("short window");
  }

  private static List<String> factors(Duration period) {
    return BurnTier.defaultsFor(period).stream()
        .map(tier -> tier.factor(period).toPlainString())
        .toList();
  }
}
