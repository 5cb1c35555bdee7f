// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.LatencyBounds;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import java.util.function.Supplier;

/**
 * The thresholds of the latency objectives in force, for a trace task: it alone sees durations as
 * they are. Objectives are written ahead of their time, so a threshold is known here before the
 * first call that it judges is settled. Single-threaded.
 */
final class ObjectiveBounds implements Supplier<LatencyBounds> {
  private final Supplier<ObjectiveSet> objectives;
  private ObjectiveSet known = ObjectiveSet.EMPTY;
  private LatencyBounds bounds = LatencyBounds.NONE;

  ObjectiveBounds(Supplier<ObjectiveSet> objectives) {
    this.objectives = objectives;
  }

  @Override
  public LatencyBounds get() {
    ObjectiveSet present = objectives.get();
    if (present != known) {
      known = present;
      bounds = new LatencyBounds(present.latencyThresholdNanos());
    }
    return bounds;
  }
}
