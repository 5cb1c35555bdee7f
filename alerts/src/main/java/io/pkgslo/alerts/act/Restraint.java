// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps a receiver from being driven in circles. A change for the worse is told at once; one
 * for the better waits until the cool-down is over, and is told only if it still holds then. A
 * service whose verdicts change too often is in a loop (rolled back, deployed again, ...): what is
 * no rollback waits until that hour is over, and somebody has to look. A rollback is never
 * withheld. Mutable, single-threaded.
 */
final class Restraint {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Duration coolDown;
  private final int changesPerHour;
  private final Clock clock;
  private final Map<String, Instant> toldAt = new HashMap<>();
  private final Map<String, VerdictChange> waiting = new HashMap<>();
  private final Map<String, Deque<Instant>> toldOfService = new HashMap<>();

  Restraint(Duration coolDown, int changesPerHour, Clock clock) {
    this.coolDown = coolDown;
    this.changesPerHour = changesPerHour;
    this.clock = clock;
  }

  /** What is to be done with a change. */
  enum Ruling {
    TELL,
    WAIT,
    LOOP
  }

  /** Of a change that has just happened; it replaces one of the same rollout that waits. */
  Ruling of(VerdictChange change) {
    String id = change.rollout().id();
    waiting.remove(id);
    Instant told = toldAt.get(id);
    Instant now = clock.instant();
    if (!change.isForTheWorse() && told != null && now.isBefore(told.plus(coolDown))) {
      waiting.put(id, change);
      return Ruling.WAIT;
    }
    return rule(change, now);
  }

  private Ruling rule(VerdictChange change, Instant now) {
    Deque<Instant> times =
        toldOfService.computeIfAbsent(change.rollout().service(), s -> new ArrayDeque<>());
    times.removeIf(time -> !time.isAfter(now.minus(HOUR)));
    if (times.size() >= changesPerHour && !change.isRollback()) {
      waiting.put(change.rollout().id(), change);
      return Ruling.LOOP;
    }
    times.addLast(now);
    toldAt.put(change.rollout().id(), now);
    return Ruling.TELL;
  }

  /** Changes that have waited long enough; what is long over is forgotten. */
  List<VerdictChange> due() {
    Instant now = clock.instant();
    List<VerdictChange> due = new ArrayList<>();
    for (VerdictChange change : List.copyOf(waiting.values())) {
      String id = change.rollout().id();
      Instant told = toldAt.get(id);
      if (told == null || !now.isBefore(told.plus(coolDown))) {
        waiting.remove(id);
        if (rule(change, now) == Ruling.TELL) {
          due.add(change);
        }
      }
    }
    toldAt.values().removeIf(told -> told.plus(coolDown).isBefore(now.minus(HOUR)));
    toldOfService
        .values()
        .removeIf(times -> times.isEmpty() || times.getLast().isBefore(now.minus(HOUR)));
    return due;
  }
}
