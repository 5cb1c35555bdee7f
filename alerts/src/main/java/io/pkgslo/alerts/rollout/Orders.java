// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.judge.PersonsWord;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an order does to a rollout. */
final class Orders {
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
   * By id, or by the canary that a marker names, and the baseline where it names one: a version can
   * be compared again, with another one. Only what is open can be closed by its name.
   */
  boolean concerns(Order order, RolloutState rollout) {
    if (order.rollout() != null) {
      return order.rollout().equals(rollout.id());
    }
    ArmSelector named = order.canary();
    return named != null
        && (order.kind() != OrderKind.CLOSE || rollout.isOpen())
        && isOneOf(rollout.canary(), named, rollout.baseline())
        && (order.baseline() == null || isOneOf(rollout.baseline(), order.baseline(), named));
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
    double spent = budget == null ? 0 : Math.max(0, 1 - budget.remainingRatio());
    return rollout.with(rollout.marker().withForgiven(spent));
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
