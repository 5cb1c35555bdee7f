// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StalenessTest {
  private final Staleness staleness =
      new Staleness(Clock.fixed(NOW, ZoneOffset.UTC), StalenessLimits.DEFAULT);

  /** Ages of a healthy pipeline: twice the settle delay of 10 s, and a minute more for a look. */
  @Test
  void freshPromotion_stays() {
    assertThat(apply(rollout("promote"), 2, 22, 92).verdict()).isEqualTo("promote");
  }

  /** At the moment when the analyzer dies the data is some 20 s old already. */
  @Test
  void deadAnalyzer_isHold_withinThirtySeconds() {
    RolloutView answer = apply(rollout("promote"), 21, 41, 81);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.code()).isZero();
    assertThat(answer.reason()).contains("data is stale").contains("said nothing for 21 s");
  }

  /** The analyzer speaks, and has a backlog. */
  @Test
  void oldData_isHold() {
    RolloutView answer = apply(rollout("promote"), 1, 46, 90);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.reason()).contains("data is stale").contains("46 s");
  }

  /** Counting goes on, but nobody judges. */
  @Test
  void oldLook_isHold() {
    RolloutView answer = apply(rollout("promote"), 1, 20, 121);

    assertThat(answer.verdict()).isEqualTo("hold");
    assertThat(answer.reason()).contains("data is stale").contains("121 s");
  }

  @Test
  void nothingKnown_isHold() {
    RolloutView promote = rollout("promote");
    for (Freshness unknown :
        new Freshness[] {
          new Freshness(null, 0L, 0L), new Freshness(0L, null, 0L), new Freshness(0L, 0L, null)
        }) {
      assertThat(staleness.apply(promote, unknown).verdict()).isEqualTo("hold");
    }
  }

  @Test
  void rollback_isLatched() {
    assertThat(apply(rollout("rollback"), 9999, 9999, 9999).verdict()).isEqualTo("rollback");
  }

  /** People read what was decided once; who acts must not. */
  @Test
  void closedRollout_keepsItsLastWord_forPeopleOnly() {
    RolloutView closed = rollout("r", "shop", "v2", "promote", NOW, NOW);

    assertThat(apply(closed, 9999, 9999, 9999).verdict()).isEqualTo("promote");
    assertThat(staleness.applyAlsoClosed(closed, ages(9999, 9999, 9999)).verdict())
        .isEqualTo("hold");
  }

  /** A partition that is only repeated has not come further, so its analyzer may be dead. */
  @Test
  void repeatedProgress_isSilence() {
    ThroughMillis through = new ThroughMillis();
    var progress =
        io.pkgslo.model.wire.Progress.newBuilder().setPartitions(1).setThroughMillis(7).build();

    through.advance(progress, 100);
    through.advance(progress, 200);

    assertThat(through.heardMillis()).isEqualTo(100);
  }

  @Test
  void limits_mustFitEachOther() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new StalenessLimits(second, second, second))
        .hasMessageContaining("max-silence");
    assertThatThrownBy(
            () ->
                new StalenessLimits(
                    Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(90)))
        .hasMessageContaining("max-data-age");
  }

  private RolloutView apply(RolloutView view, long silence, long dataAge, long lookAge) {
    return staleness.apply(view, ages(silence, dataAge, lookAge));
  }

  private static Freshness ages(long silence, long dataAge, long lookAge) {
    long now = NOW.toEpochMilli();
    return new Freshness(now - dataAge * 1000, now - silence * 1000, now - lookAge * 1000);
  }
}
