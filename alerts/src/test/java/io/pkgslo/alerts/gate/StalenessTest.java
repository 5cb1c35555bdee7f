// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StalenessTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Staleness staleness = new Staleness(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void freshPromotion_stays() {
    RolloutView answer = apply(view("promote", null), 20, 90);

    assertThat(answer.verdict()).isEqualTo("promote");
  }

  /** A stopped analyzer must never promote: 20 s of usual delay and 30 s of silence at most. */
  @Test
  void stalePromotion_turnsToHold() {
    RolloutView answer = apply(view("promote", null), 51, 90);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.code()).isZero();
    assertThat(answer.reason()).contains("data is stale").contains("51 s");
  }

  /** Counting goes on, but nobody judges. */
  @Test
  void oldLook_turnsToHold() {
    RolloutView answer = apply(view("promote", null), 20, 151);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.reason()).contains("data is stale").contains("151 s");
  }

  @Test
  void nothingKnown_isHold() {
    assertThat(staleness.apply(view("promote", null), null, 0L).verdict()).isEqualTo("hold");
    assertThat(staleness.apply(view("promote", null), 0L, null).verdict()).isEqualTo("hold");
  }

  @Test
  void rollback_isLatched() {
    assertThat(apply(view("rollback", null), 9999, 9999).verdict()).isEqualTo("rollback");
  }

  @Test
  void closedRollout_keepsItsLastWord() {
    assertThat(apply(view("promote", NOW), 9999, 9999).verdict()).isEqualTo("promote");
  }

  private RolloutView apply(RolloutView view, long dataAgeSeconds, long lookAgeSeconds) {
    long now = NOW.toEpochMilli();
    return staleness.apply(view, now - dataAgeSeconds * 1000, now - lookAgeSeconds * 1000);
  }

  private static RolloutView view(String verdict, @Nullable Instant closedAt) {
    return new RolloutView(
        "id", "shop", "2", "1", verdict, 1, "proven", "because", null, true, false, 5, 0, List.of(),
        List.of(), NOW, NOW, closedAt, null);
  }
}
