// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Rollouts under random traffic through the whole topology, from buckets to verdicts, by fixed
 * seeds. The statistics have their own simulations; here the wiring is what can be wrong.
 */
class RandomTrafficTest {
  private static final int SERVICES = 12;
  private static final int MINUTES_BEFORE = 30;
  private static final int LOOKS = 40;

  @Test
  void innocentReleases_areNeverRolledBack() {
    Collection<RolloutView> last = play(1, 1, 1_000);

    assertThat(last)
        .hasSize(SERVICES)
        .noneMatch(view -> view.verdict().equals("rollback"))
        .allSatisfy(
            view ->
                assertThat(view.evidence())
                    .extracting(RolloutView.Claim::sli)
                    .contains("panics", "errors")
                    .anyMatch(sli -> sli.startsWith("slow:")));
  }

  /** Bursts on single pods are known from before, and counts are divided by them. */
  @Test
  void clusteredErrors_areTempered() {
    Collection<RolloutView> last = play(1, 1, 2_000);

    assertThat(last)
        .flatMap(RolloutView::evidence)
        .filteredOn(claim -> claim.sli().equals("errors"))
        .isNotEmpty()
        .allMatch(claim -> claim.phi() > 1.2);
  }

  @Test
  void errorsThreefold_areRolledBack_forErrors() {
    Collection<RolloutView> last = play(3, 1, 3_000);

    assertThat(last)
        .hasSize(SERVICES)
        .allSatisfy(
            view -> {
              assertThat(view.verdict()).isEqualTo("rollback");
              assertThat(view.goPackage()).isEqualTo(Minutes.PRICING);
              assertThat(view.reason()).contains("errors in " + Minutes.PRICING);
            });
  }

  @Test
  void latencyThirtyPercentMore_isRolledBack_forSlowCalls() {
    Collection<RolloutView> last = play(1, 1.3, 4_000);

    assertThat(last)
        .hasSize(SERVICES)
        .allSatisfy(
            view -> {
              assertThat(view.verdict()).isEqualTo("rollback");
              assertThat(view.reason()).contains("calls slower than");
            });
  }

  /** The last word about each service. */
  private static Collection<RolloutView> play(double errors, double slowdown, long seed) {
    List<Fleet> fleets = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      fleets.add(new Fleet("shop/service-" + i, seed + i, errors, slowdown));
    }
    Map<String, RolloutView> last = new TreeMap<>();
    try (DrivenTopology topology =
        new DrivenTopology(new RolloutTopology(1, RolloutRules.of(Policy.DEFAULT)))) {
      for (int minute = 0; minute < MINUTES_BEFORE + 1 + LOOKS; minute++) {
        List<SliBucket> buckets = new ArrayList<>();
        for (Fleet fleet : fleets) {
          fleet.nextMinute();
          buckets.add(fleet.baseline(minute));
          if (minute >= MINUTES_BEFORE) {
            buckets.add(fleet.canary(minute));
          }
        }
        topology.closeUntil(minute + 1, buckets);
        topology.views().forEach(view -> last.put(view.service(), view));
      }
    }
    return last.values();
  }
}
