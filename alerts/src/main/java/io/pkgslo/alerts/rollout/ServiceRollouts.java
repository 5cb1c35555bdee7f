// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens, judges and closes the rollouts of a service, minute by minute (reference: Rollouts). A
 * function of what it is given: equal minutes, orders and budgets give equal states, ids and
 * verdicts. Thread-safe.
 *
 * <p>What is tested is fixed when a rollout opens, and the looks begin with the next minute, so
 * that the first look is not tested on what it chose.
 */
final class ServiceRollouts {
  private static final long CLOSE_AFTER_MILLIS = 30 * ServiceMinute.LENGTH_MILLIS;
  private static final long REOPEN_WITHIN_MILLIS = 24 * 60 * ServiceMinute.LENGTH_MILLIS;

  private final RolloutOpener opener;
  private final RolloutJudging judging;
  private final Orders orders;

  ServiceRollouts(RolloutRules rules) {
    this.opener = new RolloutOpener(rules);
    this.judging = new RolloutJudging(rules);
    this.orders = new Orders(rules.budgets());
  }

  /**
   * What one input changes.
   *
   * @param forgotten ids of rollouts that will never come back
   * @param untold ids of those that need not be among the verdicts any more: the last rollout of a
   *     service stays there, however old
   */
  record Step(
      ServiceState state, List<Update> updates, List<String> forgotten, List<String> untold) {
    Step {
      updates = List.copyOf(updates);
      forgotten = List.copyOf(forgotten);
      untold = List.copyOf(untold);
    }

    Step(ServiceState state, List<Update> updates) {
      this(state, updates, List.of(), List.of());
    }
  }

  /**
   * The state after {@code minute}; minutes of a service come in order, silent ones may be left
   * out.
   *
   * @param late buckets of this service that came after their minute was judged, since the last
   *     call
   */
  Step next(ServiceState before, ServiceMinute minute, long late) {
    ServiceState state = VersionHistory.with(before, minute);
    List<RolloutState> rollouts = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    List<String> forgotten = new ArrayList<>();
    for (RolloutState rollout : state.rollouts()) {
      Update update = continued(state, rollout, minute, late);
      if (update != null) {
        updates.add(update);
      }
      RolloutState after = update == null ? rollout : update.rollout();
      if (isKept(after, minute)) {
        rollouts.add(after);
      } else {
        forgotten.add(after.id());
      }
    }
    state = state.withArchives(Archives.with(state.archives(), minute)).withRollouts(rollouts);
    for (RolloutState opened : opener.discovered(state, minute.startMillis())) {
      Update update = judging.asked(state, opened, Occasion.OPENED, end(minute), Update.JUDGE);
      updates.add(update);
      rollouts.add(update.rollout());
      state = state.withRollouts(rollouts);
    }
    return cleared(remembered(state, updates), updates, forgotten);
  }

  private static Step cleared(ServiceState state, List<Update> updates, List<String> forgotten) {
    List<String> told = new ArrayList<>(state.told());
    told.addAll(forgotten);
    int kept = state.rollouts().isEmpty() && !told.isEmpty() ? 1 : 0;
    int untold = told.size() - kept;
    return new Step(
        state.withTold(told.subList(untold, told.size())),
        updates,
        forgotten,
        told.subList(0, untold));
  }

  /**
   * Crashes in initialisation that are told before their minute is over.
   *
   * @param report a bucket that holds nothing but examples
   */
  Step crash(ServiceState before, SliBucket report, long millis) {
    List<RolloutState> rollouts = new ArrayList<>(before.rollouts());
    List<Update> updates = new ArrayList<>();
    RolloutState opened = opener.crashing(before, report.getVersion(), millis);
    if (opened != null) {
      Update opening =
          judging.asked(before, opened, Occasion.OPENED, millis, RolloutJudging.asks(report));
      updates.add(opening);
      rollouts.add(opening.rollout());
    }
    for (int i = 0; i < rollouts.size(); i++) {
      RolloutState rollout = rollouts.get(i);
      Update update = rollout.isOpen() ? judging.crash(before, rollout, report, millis) : null;
      if (update != null) {
        updates.add(update);
        rollouts.set(i, update.rollout());
      }
    }
    return new Step(remembered(before.withRollouts(rollouts), updates), updates);
  }

  /** What a person or a deployment tool says; no update when there is no rollout that it fits. */
  Step order(ServiceState before, Order order) {
    List<RolloutState> rollouts = new ArrayList<>(before.rollouts());
    List<Update> updates = new ArrayList<>();
    Set<String> meant =
        orders.meant(
            order, rollouts, () -> opener.baselineOf(before, order, Orders.minuteOf(order)));
    for (int i = 0; i < rollouts.size(); i++) {
      RolloutState rollout = rollouts.get(i);
      if (meant.contains(rollout.id())) {
        Update update = obeyed(before, orders.apply(order, rollout), order);
        updates.add(update);
        rollouts.set(i, update.rollout());
      }
    }
    RolloutState opened =
        !meant.isEmpty() || order.kind() != OrderKind.OPEN
            ? null
            : opener.marked(before, order, Orders.minuteOf(order));
    if (opened != null) {
      Update update = obeyed(before, orders.apply(order, opened), order);
      updates.add(update);
      rollouts.add(update.rollout());
    }
    return new Step(remembered(before.withRollouts(rollouts), updates), updates);
  }

  private Update obeyed(ServiceState state, RolloutState rollout, Order order) {
    return judging.asked(state, rollout, Occasion.ORDER, order.atMillis(), order.who());
  }

  /** Null when the minute has nothing to say about the rollout. */
  private @Nullable Update continued(
      ServiceState state, RolloutState rollout, ServiceMinute minute, long late) {
    boolean canarySeen = minute.hasCalls(rollout.canary());
    boolean baselineSeen = minute.hasCalls(rollout.baseline());
    long start = minute.startMillis();
    Course course = rollout.course();
    if (!course.isOpen()) {
      if (course.closedByOrder() || !canarySeen || !baselineSeen) {
        return null;
      }
      RolloutState reopened = rollout.with(course.reopened(start).seen(start, true, true));
      return judging.look(state, reopened, minute, late, Occasion.REOPENED);
    }
    if (start < course.openedMillis()) {
      return null;
    }
    RolloutState seen = rollout.with(course.seen(start, canarySeen, baselineSeen));
    if (start - silentSince(seen) >= CLOSE_AFTER_MILLIS) {
      RolloutState closed = seen.with(seen.course().closedAt(start, false));
      return judging.asked(state, closed, Occasion.CLOSED, end(minute), Update.JUDGE);
    }
    return judging.look(state, seen, minute, late, Occasion.LOOK);
  }

  /** With an archived control only the canary can fall silent. */
  private static long silentSince(RolloutState rollout) {
    Course course = rollout.course();
    return rollout.isArchived()
        ? course.canarySeenMillis()
        : Math.min(course.canarySeenMillis(), course.baselineSeenMillis());
  }

  private static long end(ServiceMinute minute) {
    return minute.startMillis() + ServiceMinute.LENGTH_MILLIS;
  }

  private static boolean isKept(RolloutState rollout, ServiceMinute minute) {
    Long closed = rollout.course().closedMillis();
    return closed == null || minute.startMillis() - closed < REOPEN_WITHIN_MILLIS;
  }

  /** Releases that were rolled back just now are remembered for longer than their rollout. */
  private static ServiceState remembered(ServiceState state, List<Update> updates) {
    ServiceState next = state;
    for (Update update : updates) {
      if (update.changed() && update.decision().verdict() == Verdict.ROLLBACK) {
        RolloutState rollout = update.rollout();
        next = next.withRolledBack(RolloutJudging.release(rollout), rollout.id());
      }
    }
    return next;
  }
}
