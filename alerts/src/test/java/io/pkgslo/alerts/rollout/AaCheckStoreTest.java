// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods of one version against pods of the same version. */
class AaCheckStoreTest {
  private static final int WARM = 15;

  private final RolloutTopology rollouts =
      new RolloutTopology(
          1, RolloutRules.of(new RolloutPolicy(Policy.DEFAULT, Duration.ZERO, List.of(), true)));
  private final DrivenTopology topology = new DrivenTopology(rollouts);

  @AfterEach
  void close() {
    topology.close();
  }

  /** Bursty errors, load that swings, four trials of an hour: nothing is found, nobody is told. */
  @Test
  void innocentPods_areClear_andNobodyIsTold() {
    Fleet fleet = new Fleet("shop/cart", 11, 1, 1);
    for (int minute = 0; minute < WARM + 4 * (AaCheckStore.LOOKS + 1) + 1; minute++) {
      fleet.nextMinute();
      topology.closeUntil(minute + 1, fleet.baseline(minute));
    }

    assertThat(rollouts.counters().aaClear()).isEqualTo(4);
    assertThat(rollouts.counters().aaRollbacks()).isZero();
    assertThat(topology.views()).isEmpty();
  }

  /** If the pods that play the canary were really worse, the check would see it. */
  @Test
  void worsePods_areRolledBack_inTheCountersOnly() {
    Set<String> worse = AaCheckStore.dealt(pods(), 0);
    for (int minute = 0; minute < WARM + 20; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, minute < WARM ? Set.of() : worse));
    }

    assertThat(rollouts.counters().aaRollbacks()).isEqualTo(1);
    assertThat(topology.views()).isEmpty();
  }

  @Test
  void fewPods_areNotChecked() {
    for (int minute = 0; minute < WARM + 2 * AaCheckStore.LOOKS; minute++) {
      topology.closeUntil(minute + 1, Minutes.bucket(minute, "1.4.0", 900, 0));
    }

    assertThat(rollouts.counters().aaClear()).isZero();
  }

  private static List<String> pods() {
    return List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
  }

  /** 100 calls per pod; one fails, of the worse ones ten. */
  private static SliBucket bucket(int minute, Set<String> worse) {
    SliBucket.Builder bucket =
        Minutes.bucket(minute, "1.4.0", 800, 0).toBuilder().clearProcess().setApiCalls(800);
    long errors = 0;
    for (String pod : pods()) {
      long failed = worse.contains(pod) ? 10 : 1;
      errors += failed;
      bucket.addProcess(
          ProcessShare.newBuilder()
              .setProcess(pod)
              .setCalls(100)
              .setErrors(failed)
              .setOwnErrors(failed)
              .setFirstSeenEpochMillis(Minutes.START));
    }
    return bucket.setErrors(errors).setOwnErrors(errors).build();
  }
}
