// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.SERVICE;
import static io.pkgslo.alerts.rollout.Minutes.at;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.wire.SliBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an installation decides about rollouts. */
class RolloutPolicyTest {
  private static final Duration COOL_DOWN = Duration.ofMinutes(20);

  private ServiceState state = ServiceState.initial(SERVICE);
  private final List<Update> updates = new ArrayList<>();

  private void minute(ServiceRollouts rollouts, int minute, SliBucket... buckets) {
    ServiceRollouts.Step step =
        rollouts.next(state, new ServiceMinute(SERVICE, at(minute), List.of(buckets)), 0);
    state = step.state();
    updates.clear();
    updates.addAll(step.updates());
  }

  private Update of(String version) {
    return updates.stream()
        .filter(update -> update.rollout().canary().label().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private static ServiceRollouts rollouts(RolloutPolicy policy) {
    return new ServiceRollouts(RolloutRules.of(policy));
  }

  /** The fix of a release that was rolled back fails as well: somebody should look. */
  @Test
  void coolDown_holdsTheNextRelease_untilItIsOver() {
    ServiceRollouts rollouts =
        rollouts(new RolloutPolicy(Policy.DEFAULT, COOL_DOWN, List.of(), false));
    minute(rollouts, 0, bucket(0, "1.4.0", 900, 0));
    int at = 1;
    do {
      minute(rollouts, at, bucket(at, "1.4.0", 900, 0), bucket(at, "1.5.0", 100, 3));
    } while (!of("1.5.0").decision().verdict().wireName().equals("rollback") && at++ < 20);
    int end = at + 1 + (int) COOL_DOWN.toMinutes();
    for (int i = at + 1; i < end - 1; i++) {
      minute(rollouts, i, bucket(i, "1.4.0", 900, 0), bucket(i, "1.6.0", 100, 3));
    }

    assertThat(of("1.6.0").decision().rule().id()).isEqualTo("cool-down");
    assertThat(of("1.6.0").decision().reason()).contains("a cool-down is active for");
    assertThat(of("1.6.0").decision().asksForPerson()).isTrue();

    minute(rollouts, end, bucket(end, "1.4.0", 900, 0), bucket(end, "1.6.0", 100, 3));
    assertThat(of("1.6.0").decision().verdict().wireName()).isEqualTo("rollback");
  }

  @Test
  void coolDown_isADayAtMost() {
    assertThatThrownBy(
            () -> new RolloutPolicy(Policy.DEFAULT, Duration.ofHours(25), List.of(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pkgslo.alerts.judge.cool-down");
  }

  @Test
  void callsWithTheCanarysAttribute_areARolloutBesideTheRestOfTheirVersion() {
    ServiceRollouts rollouts =
        rollouts(
            new RolloutPolicy(
                Policy.DEFAULT,
                Duration.ZERO,
                List.of(CanaryAttribute.parse("canary=true")),
                false));
    minute(rollouts, 0, bucket(0, "1.4.0", 900, 0));
    assertThat(state.rollouts()).isEmpty();
    for (int i = 1; i <= 9; i++) {
      SliBucket canary =
          bucket(i, "1.4.0", 100, 2).toBuilder().setArm("1.4.0+@canary=true").build();
      minute(rollouts, i, bucket(i, "1.4.0", 900, 0), canary);
    }

    assertThat(state.rollouts()).hasSize(1);
    Update update = of("1.4.0 (canary=true)");
    assertThat(update.rollout().baseline().label()).isEqualTo("1.4.0 (without canary)");
    assertThat(update.decision().verdict().wireName()).isEqualTo("rollback");
  }

  /** Half a period later, half of what was spent before has left the period. */
  @Test
  void forgivenBudget_agesWithThePeriod() {
    Budget week = new Budget(0.1, "7 d", null, null);
    long period = (long) (1_000 * week.periodSeconds());
    Marker.Forgiven forgiven = new Marker.Forgiven(0.9, at(0), period);

    assertThat(period).isEqualTo(Duration.ofDays(7).toMillis());
    assertThat(forgiven.at(at(0))).isEqualTo(0.9);
    assertThat(forgiven.at(at(0) + period / 2)).isEqualTo(0.45, within(1e-12));
    assertThat(forgiven.at(at(0) + 2 * period)).isZero();
    assertThat(new Budget(1, "6 h", null, null).periodSeconds()).isEqualTo(21_600);
  }
}
