// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Objectives that change while the service runs: new rollouts get them, open ones keep theirs. */
class LiveObjectivesTopologyTest {
  private static final long SEED = 7;
  private static final Pattern SLOW =
      Pattern.compile("\"kind\":\"SLOW\",\"qualifier\":\"([^\"]+)\"");

  private final AtomicReference<RolloutObjectives> inForce =
      new AtomicReference<>(RolloutObjectives.NONE);
  private final Fleet first = new Fleet("shop/first", SEED, 1, 1);
  private final Fleet second = new Fleet("shop/second", SEED, 1, 1);

  /** Both services have the same traffic, so the objective is the only difference. */
  @Test
  void thresholdOfANewObjective_isTestedInRolloutsThatOpenAfterIt() {
    RolloutRules rules =
        new RolloutRules(RolloutPolicy.of(Policy.DEFAULT), inForce::get, Budgets.UNKNOWN);
    try (DrivenTopology topology = new DrivenTopology(new RolloutTopology(1, rules))) {
      play(topology, first, 0);
      RolloutView opened = topology.view();
      Set<String> without = thresholds(topology);
      assertThat(without).isNotEmpty().doesNotContain("16ms");

      inForce.set(new RolloutObjectives(List.of(within(Duration.ofMillis(16)))));
      topology.closeUntil(5, first.baseline(4), first.canary(4));
      topology.order(
          Order.ofPerson("1", OrderKind.FREEZE, opened, "ann", "to see it", Minutes.at(5)));
      assertThat(thresholds(topology)).as("an open rollout keeps its own").isEqualTo(without);

      play(topology, second, 5);
      assertThat(thresholds(topology)).containsAll(without).contains("16ms");
    }
  }

  private static Slo within(Duration threshold) {
    Duration period = Duration.ofDays(7);
    return new Slo(
        "fast-calls",
        "Fast calls",
        Slo.Sli.LATENCY,
        "*",
        "*",
        new BigDecimal("0.9"),
        period,
        threshold,
        BurnTier.defaultsFor(period),
        null);
  }

  private static void play(DrivenTopology topology, Fleet fleet, int from) {
    topology.closeUntil(from + 1, fleet.baseline(from));
    for (int minute = from + 1; minute < from + 4; minute++) {
      topology.closeUntil(minute + 1, fleet.baseline(minute), fleet.canary(minute));
    }
  }

  /** Of slow calls, in the newest record of the ledger. */
  private static Set<String> thresholds(DrivenTopology topology) {
    List<String> records = topology.records();
    return SLOW.matcher(records.get(records.size() - 1))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }
}
