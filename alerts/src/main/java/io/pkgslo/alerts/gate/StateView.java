// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SubjectState;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topics say right now. One thread writes, any thread reads; an answer may mix
 * states that are milliseconds apart.
 */
public final class StateView {
  private static final Comparator<SubjectState> BY_NAME =
      Comparator.comparing(SubjectState::getService)
          .thenComparing(SubjectState::getVersion)
          .thenComparing(SubjectState::getPackage);

  private final Map<String, SubjectState> subjects = new ConcurrentHashMap<>();
  private final Map<String, RolloutView> rollouts = new ConcurrentHashMap<>();
  private final Map<String, Objective> objectives = new ConcurrentHashMap<>();
  private final ThroughMillis subjectsThrough = new ThroughMillis();
  private final ThroughMillis rolloutsThrough = new ThroughMillis();

  /**
   * @param heardMillis when it was said, wall clock
   */
  void subject(String key, @Nullable SubjectState state, long heardMillis) {
    if (state == null) {
      subjects.remove(key);
    } else if (state.getProgressCount() > 0) {
      state.getProgressList().forEach(p -> subjectsThrough.advance(p, heardMillis));
    } else {
      subjects.put(key, state);
    }
  }

  void rollout(String id, @Nullable RolloutView view) {
    if (view == null) {
      rollouts.remove(id);
    } else {
      rollouts.put(id, view);
    }
  }

  void rolloutsProgress(Progress progress, long heardMillis) {
    rolloutsThrough.advance(progress, heardMillis);
  }

  void objective(String id, @Nullable Objective objective) {
    if (objective == null) {
      objectives.remove(id);
    } else {
      objectives.put(id, objective);
    }
  }

  /** Sorted by service, version and package. */
  public List<SubjectState> subjects() {
    return subjects.values().stream().sorted(BY_NAME).toList();
  }

  /** In no order: for whoever looks for one among many. */
  public Collection<SubjectState> subjectsUnsorted() {
    return Collections.unmodifiableCollection(subjects.values());
  }

  /** Newest first. */
  public List<RolloutView> rollouts() {
    return rollouts.values().stream()
        .sorted(
            Comparator.comparing(RolloutView::openedAt)
                .reversed()
                .thenComparing(RolloutView::service)
                .thenComparing(RolloutView::version))
        .toList();
  }

  /** Sorted by id. */
  public Collection<Objective> objectives() {
    return objectives.values().stream().sorted(Comparator.comparing(Objective::getId)).toList();
  }

  /** Event time up to which every subject is complete, epoch milliseconds; null while unknown. */
  public @Nullable Long subjectsThroughMillis() {
    return subjectsThrough.get();
  }

  /** How far all of it has come. */
  Freshness freshness() {
    return new Freshness(
        subjectsThrough.get(), subjectsThrough.heardMillis(), rolloutsThrough.get());
  }
}
