// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.act.Restraint.Ruling;
import io.pkgslo.alerts.rollout.RolloutView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * From verdicts to notices. Targets are told at the same time, changes one after the other: a
 * receiver never hears an older verdict after a newer one. For one thread.
 */
final class Actuator {
  private static final Logger LOG = Logger.getLogger(Actuator.class);

  private final VerdictChanges changes = new VerdictChanges();
  private final Restraint restraint;
  private final Notices notices;
  private final WebhookSender sender;
  private final DeadLetters deadLetters;
  private final ActMeters meters;
  private final ExecutorService threads;
  private final boolean dryRun;

  /**
   * @param threads run the deliveries of one change
   */
  Actuator(
      Restraint restraint,
      Notices notices,
      WebhookSender sender,
      DeadLetters deadLetters,
      ActMeters meters,
      ExecutorService threads,
      boolean dryRun) {
    this.restraint = restraint;
    this.notices = notices;
    this.sender = sender;
    this.deadLetters = deadLetters;
    this.meters = meters;
    this.threads = threads;
    this.dryRun = dryRun;
  }

  /** What was kept of a rollout, before {@link #remember}. */
  void restore(String id, Told told) {
    restraint.restore(id, told);
  }

  /** Takes note of a verdict that was dealt with before: it was told, or it waits. */
  void remember(String id, @Nullable RolloutView rollout) {
    changes.next(id, rollout);
    if (rollout == null) {
      restraint.forget(id);
    } else {
      restraint.remember(rollout);
    }
  }

  /** Forgets everything, before it is read again. */
  void forget() {
    changes.clear();
    restraint.clear();
  }

  /** A rollout that another instance tells of from now on. */
  void drop(String id) {
    changes.drop(id);
    restraint.drop(id);
  }

  /** What has to be kept before the verdicts so far count as dealt with. */
  Map<String, @Nullable Told> unsaved() {
    return restraint.unsaved();
  }

  /** All of it is kept. */
  void saved() {
    restraint.saved();
  }

  /** Tells a verdict if it is another one; whether it took long enough to commit afterwards. */
  boolean accept(String id, @Nullable RolloutView rollout) throws InterruptedException {
    VerdictChange change = changes.next(id, rollout);
    if (rollout == null) {
      restraint.forget(id);
    }
    if (change == null) {
      return false;
    }
    apply(change, restraint.of(change));
    return true;
  }

  /** Tells what has waited long enough. */
  void tellDue() throws InterruptedException {
    for (VerdictChange due : restraint.due()) {
      tell(due);
    }
  }

  private void apply(VerdictChange change, Ruling ruling) throws InterruptedException {
    switch (ruling) {
      case TELL -> tell(change);
      case WAIT -> meters.withheld(ActMeters.Withheld.COOL_DOWN);
      case LOOP -> {
        meters.withheld(ActMeters.Withheld.LOOP);
        LOG.warnf(
            "verdicts of %s change too often, that %s is %s is told only when it lasts",
            change.rollout().service(), change.rollout().version(), change.rollout().verdict());
      }
    }
  }

  private void tell(VerdictChange change) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    for (Notice notice : notices.of(change)) {
      if (dryRun) {
        meters.notice(ActMeters.Outcome.DRY_RUN);
        LOG.infof(
            "dry run: would tell %s: %s", notice.target().getHost(), change.rollout().reason());
      } else {
        running.add(threads.submit(() -> deliver(notice)));
      }
    }
    for (Future<?> delivery : running) {
      try {
        delivery.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a notice was neither delivered nor kept", e.getCause());
      }
    }
  }

  private @Nullable Void deliver(Notice notice) throws InterruptedException {
    String failure = sender.send(notice);
    if (failure == null) {
      meters.notice(ActMeters.Outcome.DELIVERED);
    } else {
      deadLetters.keep(notice, failure);
      meters.notice(ActMeters.Outcome.DEAD_LETTERED);
      LOG.errorf("%s was not told: %s", notice.target().getHost(), failure);
    }
    return null;
  }
}
