// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.judge.PersonsWord;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an order does to a rollout. */
final class Orders {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Budgets budgets;

  Orders(Budgets budgets) {
    this.budgets = budgets;
  }

  /** Start of the minute in which the order was given. */
  static long minuteOf(Order order) {
    return Math.floorDiv(order.atMillis(), ServiceMinute.LENGTH_MILLIS)
        * ServiceMinute.LENGTH_MILLIS;
  }

  /**
   * The ids of the rollouts that an order is about: by id, or by the canary that a marker names,
   * and the baseline where it names one. Without one, a marker that opens speaks of what is open,
   * or else of one closed rollout: the one beside what runs now, for a version can be compared
   * again and again, each time with another one.
   *
   * @param baseline what the marker's canary would be compared with now; null for nothing
   */
  Set<String> meant(
      Order order, List<RolloutState> rollouts, Supplier<@Nullable ArmSelector> baseline) {
    List<RolloutState> named =
        rollouts.stream().filter(r -> concerns(order, order.baseline(), r)).toList();
    if (order.kind() != OrderKind.OPEN || order.baseline() != null || named.isEmpty()) {
      return ids(named);
    }
    List<RolloutState> open = named.stream().filter(RolloutState::isOpen).toList();
    if (!open.isEmpty()) {
      return ids(open);
    }
    ArmSelector beside = baseline.get();
    return beside == null
        ? ids(List.of(Collections.max(named, Comparator.comparing(r -> r.course().openedMillis()))))
        : ids(named.stream().filter(r -> concerns(order, beside, r)).toList());
  }

  private static Set<String> ids(List<RolloutState> rollouts) {
    return rollouts.stream().map(RolloutState::id).collect(Collectors.toSet());
  }

  /** Only what is open can be closed by its name. */
  private static boolean concerns(
      Order order, @Nullable ArmSelector baseline, RolloutState rollout) {
    if (order.rollout() != null) {
      return order.rollout().equals(rollout.id());
    }
    ArmSelector named = order.canary();
    return named != null
        && (order.kind() != OrderKind.CLOSE || rollout.isOpen())
        && isOneOf(rollout.canary(), named, rollout.baseline())
        && (baseline == null || isOneOf(rollout.baseline(), baseline, named));
  }

  private static boolean isOneOf(ArmSelector side, ArmSelector named, ArmSelector other) {
    return side.equals(named) || side.equals(RolloutOpener.sides(named, other));
  }

  RolloutState apply(Order order, RolloutState rollout) {
    return switch (order.kind()) {
      case APPROVE_PROMOTION, APPROVE_ROLLBACK, REFUSE_ROLLBACK, FREEZE ->
          rollout.withWord(word(order, order.kind().answer()));
      case WITHDRAW -> rollout.withWord(null);
      case RESET_BUDGET -> forgiven(order, rollout);
      case OPEN -> opened(order, rollout);
      case CLOSE -> rollout.with(rollout.course().closedAt(order.atMillis(), true));
    };
  }

  /** From now on only what is spent from now on counts. */
  private RolloutState forgiven(Order order, RolloutState rollout) {
    Budget budget = budgets.of(order.service(), rollout.canary().version());
    if (budget == null) {
      return rollout;
    }
    double spent = Math.max(0, 1 - budget.remainingRatio());
    long periodMillis = (long) (MILLIS_PER_SECOND * budget.periodSeconds());
    return rollout.with(
        rollout.marker().withForgiven(new Marker.Forgiven(spent, order.atMillis(), periodMillis)));
  }

  private static @Nullable PersonsWord word(Order order, PersonsWord.@Nullable Answer answer) {
    return answer == null
        ? null
        : new PersonsWord(
            answer, order.who(), TimeUnit.MILLISECONDS.toNanos(order.atMillis()), order.why());
  }

  private static RolloutState opened(Order order, RolloutState rollout) {
    Marker said = order.marker();
    RolloutState marked = said == null ? rollout : rollout.with(said.after(rollout.marker()));
    return rollout.isOpen() ? marked : marked.with(rollout.course().reopened(minuteOf(order)));
  }
}
