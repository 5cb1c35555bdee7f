// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.wire.SubjectState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether what was judged still runs. Thread-safe; reads memory only. */
public final class Sightings {
  /** Longer than the gaps in the telemetry of a service that hardly anyone calls. */
  private static final Duration GONE_AFTER = Duration.ofMinutes(10);

  private final StateView view;

  public Sightings(StateView view) {
    this.view = view;
  }

  /**
   * False when the canary was seen once and not for long, by the time of the data. Who was never
   * seen by itself, such as a version over the limit of subjects, counts as running.
   */
  public boolean isCanaryRunning(RolloutView rollout) {
    Long through = view.freshness().dataThroughMillis();
    Long seen = lastSeenMillis(rollout);
    return through == null || seen == null || through - seen <= GONE_AFTER.toMillis();
  }

  private @Nullable Long lastSeenMillis(RolloutView rollout) {
    Long last = null;
    for (SubjectState subject : view.subjectsUnsorted()) {
      if (subject.getService().equals(rollout.service())
          && subject.getVersion().equals(rollout.version())
          && (last == null || last < subject.getLastSeenEpochMillis())) {
        last = subject.getLastSeenEpochMillis();
      }
    }
    return last;
  }
}
