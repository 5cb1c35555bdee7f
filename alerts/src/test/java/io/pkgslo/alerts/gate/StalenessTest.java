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
    RolloutView answer = staleness.apply(view("promote", null), NOW.toEpochMilli() - 20_000);

    assertThat(answer.verdict()).isEqualTo("promote");
  }

  /** A stopped analyzer must never promote: 20 s of usual delay and 30 s of silence at most. */
  @Test
  void stalePromotion_turnsToHold() {
    RolloutView answer = staleness.apply(view("promote", null), NOW.toEpochMilli() - 51_000);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.code()).isZero();
    assertThat(answer.reason()).contains("data is stale").contains("51 s");
  }

  @Test
  void nothingKnown_isHold() {
    assertThat(staleness.apply(view("promote", null), null).verdict()).isEqualTo("hold");
  }

  @Test
  void rollback_isLatched() {
    assertThat(staleness.apply(view("rollback", null), 0L).verdict()).isEqualTo("rollback");
  }

  @Test
  void closedRollout_keepsItsLastWord() {
    assertThat(staleness.apply(view("promote", NOW), 0L).verdict()).isEqualTo("promote");
  }

  private static RolloutView view(String verdict, @Nullable Instant closedAt) {
    return new RolloutView(
        "id", "shop", "2", "1", verdict, 1, "proven", "because", null, true, false, 5, 0, List.of(),
        List.of(), NOW, NOW, closedAt, null);
  }
}
