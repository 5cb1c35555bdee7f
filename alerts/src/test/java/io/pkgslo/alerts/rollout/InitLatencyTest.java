// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.PRICING;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.model.wire.SliBucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Inits of the canary against those that the baseline had when it was deployed, hours ago: 95 % of
 * inits within 120 ms are promised.
 */
class InitLatencyTest {
  private static final RolloutRules RULES =
      new RolloutRules(
          RolloutPolicy.of(Policy.DEFAULT),
          () -> new RolloutObjectives(DefaultObjectives.all()),
          Budgets.UNKNOWN);

  @Test
  void slowInits_areRolledBack_andItIsSaidThatTheControlIsOld() {
    RolloutView view = rollout(400);

    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.goPackage()).isEqualTo(PRICING);
    assertThat(view.reason())
        .contains("inits of " + PRICING + " are slower")
        .contains("the control is not concurrent");
  }

  @Test
  void initsLikeBefore_areNoEvidence() {
    RolloutView view = rollout(80);

    assertThat(view.verdict()).isNotEqualTo("rollback");
    assertThat(view.evidence())
        .filteredOn(claim -> claim.sli().equals(Sli.INIT_LATENCY.wireName()))
        .singleElement()
        .satisfies(claim -> assertThat(claim.canaryCalls()).isEqualTo(10));
  }

  /** Twenty pods of the baseline start in minute 0, ten of the canary in minute 130. */
  private static RolloutView rollout(int canaryMillis) {
    try (DrivenTopology topology = new DrivenTopology(new RolloutTopology(1, RULES))) {
      topology.closeUntil(1, inits(0, "1.4.0", 900, 20, 80));
      for (int minute = 1; minute < 130; minute++) {
        topology.closeUntil(minute + 1, bucket(minute, "1.4.0", 900, 0));
      }
      topology.closeUntil(
          131, bucket(130, "1.4.0", 900, 0), inits(130, "1.5.0", 100, 10, canaryMillis));
      for (int minute = 131; minute < 134; minute++) {
        topology.closeUntil(
            minute + 1, bucket(minute, "1.4.0", 900, 0), bucket(minute, "1.5.0", 100, 0));
      }
      return topology.view();
    }
  }

  private static SliBucket inits(int minute, String version, long calls, int count, int millis) {
    SliBucket.Builder bucket = bucket(minute, version, calls, 0).toBuilder();
    for (int i = 0; i < count; i++) {
      bucket.addInitNanos((millis + i % 7) * 1_000_000L);
    }
    return bucket.setInits(count).build();
  }

  @Test
  void state_keepsInits_overItsCodec() {
    ServiceRollouts rollouts = new ServiceRollouts(RULES);
    ServiceState state =
        rollouts
            .next(
                ServiceState.initial(Minutes.SERVICE),
                new ServiceMinute(
                    Minutes.SERVICE, Minutes.START, List.of(inits(0, "1.4.0", 900, 20, 80))),
                0)
            .state();

    assertThat(ServiceStateCodec.decode(ServiceStateCodec.encode(state))).isEqualTo(state);
    assertThat(new Archives(state.archives()).initSeconds(ArmSelector.ofVersion("1.4.0")))
        .containsOnlyKeys(PRICING);
  }
}
