// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a receiver from being driven in circles. A change for the worse is told at once; one
 * for the better waits until the cool-down is over, and is told only if it still holds then. A
 * service whose verdicts change too often is in a loop (rolled back, deployed again, ...): what is
 * no rollback waits until that hour is over, and somebody has to look. A rollback is never
 * withheld. Whoever tells keeps {@link #unsaved} once it is told. Mutable, single-threaded.
 */
final class Restraint {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Duration coolDown;
  private final int changesPerHour;
  private final Clock clock;
  private final Map<String, Instant> toldAt = new HashMap<>();
  private final Map<String, VerdictChange> waiting = new HashMap<>();
  private final Map<String, Deque<Instant>> toldOfService = new HashMap<>();
  private final Map<String, Told> known = new HashMap<>();
  private final Map<String, @Nullable Told> unsaved = new HashMap<>();

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
      waits(change);
      return Ruling.WAIT;
    }
    return rule(change, now);
  }

  private void waits(VerdictChange change) {
    String id = change.rollout().id();
    waiting.put(id, change);
    Told told = known.get(id);
    if (told != null && !told.waiting()) {
      save(id, told.thenWaiting());
    } else if (told == null) {
      String before = change.previous() == null ? VerdictChange.FIRST : change.previous();
      save(id, new Told(change.rollout().service(), before, Instant.EPOCH, true));
    }
  }

  private void save(String id, @Nullable Told told) {
    if (told == null) {
      known.remove(id);
    } else {
      known.put(id, told);
    }
    unsaved.put(id, told);
  }

  /** What was kept of a rollout, before its verdicts are read again. */
  void restore(String id, Told told) {
    known.put(id, told);
    if (told.at().isAfter(Instant.EPOCH)) {
      toldAt.put(id, told.at());
      Deque<Instant> times = toldOfService.computeIfAbsent(told.service(), s -> new ArrayDeque<>());
      if (!times.contains(told.at())) {
        times.addLast(told.at());
      }
    }
  }

  /** A verdict that was there before: it waits if it did when it was kept. */
  void remember(RolloutView rollout) {
    Told told = known.get(rollout.id());
    if (told != null && told.waiting() && !told.verdict().equals(rollout.verdict())) {
      waiting.put(rollout.id(), new VerdictChange(rollout, told.verdict()));
    } else {
      waiting.remove(rollout.id());
    }
  }

  /** A rollout that is over. */
  void forget(String id) {
    waiting.remove(id);
    toldAt.remove(id);
    if (known.containsKey(id)) {
      save(id, null);
    }
  }

  /** A rollout that another instance tells of from now on. */
  void drop(String id) {
    waiting.remove(id);
    toldAt.remove(id);
    known.remove(id);
  }

  /** All of it, before it is read again. */
  void clear() {
    waiting.clear();
    toldAt.clear();
    toldOfService.clear();
    known.clear();
    unsaved.clear();
  }

  /** What has to be kept since {@link #saved}, by rollout; null for one that is over. */
  Map<String, @Nullable Told> unsaved() {
    return new HashMap<>(unsaved);
  }

  /** All of it is kept. */
  void saved() {
    unsaved.clear();
  }

  private Ruling rule(VerdictChange change, Instant now) {
    Deque<Instant> times =
        toldOfService.computeIfAbsent(change.rollout().service(), s -> new ArrayDeque<>());
    times.removeIf(time -> !time.isAfter(now.minus(HOUR)));
    if (times.size() >= changesPerHour && !change.isRollback()) {
      waits(change);
      return Ruling.LOOP;
    }
    String id = change.rollout().id();
    times.addLast(now);
    toldAt.put(id, now);
    save(id, new Told(change.rollout().service(), change.rollout().verdict(), now, false));
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
        .removeIf(times -> times.stream().allMatch(time -> time.isBefore(now.minus(HOUR))));
    return due;
  }
}
