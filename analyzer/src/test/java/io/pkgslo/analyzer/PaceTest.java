// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long NOON = 1_795_176_000_000L;

  private final Pace pace = new Pace(5, 5_000);

  @Test
  void first_isDueAtOnce() {
    assertThat(pace.isDue(NOON)).isTrue();
  }

  @Test
  void few_areToldAtOnceAgain() {
    pace.told(4, NOON);

    assertThat(pace.isDue(NOON)).isTrue();
  }

  @Test
  void many_waitAsLongAsTheyCost() {
    pace.told(10_000, NOON);

    assertThat(pace.isDue(NOON + 1_999)).isFalse();
    assertThat(pace.isDue(NOON + 2_000)).isTrue();
  }

  @Test
  void wait_isNeverLongerThanFiveSeconds() {
    pace.told(1_000_000, NOON);

    assertThat(pace.isDue(NOON + 4_999)).isFalse();
    assertThat(pace.isDue(NOON + 5_000)).isTrue();
  }
}
