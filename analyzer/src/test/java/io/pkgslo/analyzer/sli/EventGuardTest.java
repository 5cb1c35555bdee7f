// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import org.junit.jupiter.api.Test;

class EventGuardTest {
  private static final long ONE = FixedPoint.ONE;
  private static final long MOST = 1L << 42;

  @Test
  void window_isHeldBack_whileEitherNumberIsMissing() {
    EventGuard guard = new EventGuard(100, 3);
    assertThat(guard.holdsBack(new Sums(100 * ONE, 3 * ONE))).isFalse();
    assertThat(guard.holdsBack(new Sums(100 * ONE - 1, 3 * ONE))).isTrue();
    assertThat(guard.holdsBack(new Sums(100 * ONE, 3 * ONE - 1))).isTrue();
  }

  @Test
  void noGuard_holdsNothingBack() {
    assertThat(new EventGuard(0, 0).holdsBack(Sums.NONE)).isFalse();
  }

  /** A number of events that fixed point has no room for would never be reached, or always. */
  @Test
  void numbers_areThoseThatAWindowCanHave() {
    assertThat(new EventGuard(MOST, MOST).holdsBack(new Sums(Long.MAX_VALUE, Long.MAX_VALUE)))
        .isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new EventGuard(MOST + 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventGuard(0, MOST + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventGuard(-1, 0));
  }
}
