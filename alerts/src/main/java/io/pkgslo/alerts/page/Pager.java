// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rule.DirectAlerts;
import io.pkgslo.alerts.rule.DirectAlerts.Candidate;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the state of all subjects every few seconds and keeps Alertmanagers told. While nothing
 * is known, as in the first moments after a start, nothing is said: an alert that was firing then
 * ends by itself only after a few resends.
 */
public final class Pager implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Pager.class);

  private final PageSettings settings;
  private final PagedState state;
  private final Clock clock;
  private final AlertBook book;
  private final List<Alertmanager> targets;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pkgslo-pager");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Map<String, DirectAlerts> objectives = Map.of();
  private volatile @Nullable String failure;

  public Pager(PageSettings settings, PagedState state, Clock clock) {
    this.settings = settings;
    this.state = state;
    this.clock = clock;
    this.book = new AlertBook(settings.resolvedFor(), settings.validFor());
    this.targets =
        settings.alertmanagers().stream()
            .map(base -> new Alertmanager(base, settings.resend()))
            .toList();
  }

  /** Begins to look, where there is anybody to tell. */
  public void start() {
    if (!targets.isEmpty()) {
      long millis = settings.interval().toMillis();
      ScheduledFuture<?> unused =
          worker.scheduleWithFixedDelay(this::turn, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** From now on alerts are those of {@code slos}. */
  public void update(List<Slo> slos) {
    Map<String, DirectAlerts> byId = new HashMap<>();
    for (Slo slo : slos) {
      if (slo.isCounted()) {
        byId.put(slo.id(), new DirectAlerts(slo, settings.link()));
      }
    }
    objectives = Map.copyOf(byId);
  }

  /** Why some Alertmanager was not told; null when all were. */
  public @Nullable String failure() {
    return failure;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void turn() {
    try {
      if (!state.isComplete()) {
        return;
      }
      Instant now = clock.instant();
      List<PagedAlert> alerts = book.turn(candidates(), now);
      String cause = null;
      for (Alertmanager target : targets) {
        String failed = target.offer(alerts, now);
        cause = failed == null ? cause : failed;
      }
      say(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // An exception would end the turns.
      say(e.toString());
    }
  }

  private List<Candidate> candidates() {
    Map<String, DirectAlerts> known = objectives;
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Optional<String>> newest = new HashMap<>();
    for (SubjectState subject : state.subjects()) {
      String version =
          newest
              .computeIfAbsent(
                  subject.getService(), name -> Optional.ofNullable(state.newestVersion(name)))
              .orElse(null);
      for (SloState slo : subject.getSloList()) {
        DirectAlerts alerts = known.get(slo.getSlo());
        if (alerts != null) {
          candidates.addAll(alerts.of(Numbers.of(subject, slo, version)));
        }
      }
    }
    return candidates;
  }

  private void say(@Nullable String cause) {
    if (cause != null && !cause.equals(failure)) {
      LOG.warnf("alerts are not told, trying again: %s", cause);
    }
    failure = cause;
  }
}
