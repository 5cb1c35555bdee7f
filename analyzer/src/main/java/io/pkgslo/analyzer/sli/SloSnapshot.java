// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.SumsList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One objective applied to one subject, at one moment.
 *
 * @param objective the version in force
 * @param validTotal since the series began, in units of 2^-20
 * @param badTotal likewise
 * @param windows sums per window, in the order of {@code objective.windows()}
 * @param exposureService valid events are the service's API calls, because the package had no call
 *     of its own in the period
 * @param labels what tells it from other series of the objective for the subject
 * @param durations null when the objective asks for none
 */
public record SloSnapshot(
    ObjectiveVersion objective,
    long validTotal,
    long badTotal,
    List<Sums> windows,
    boolean exposureService,
    SeriesLabels labels,
    @Nullable DurationSpread durations) {
  /** Of an objective without labels and bounds of time. */
  public SloSnapshot(
      ObjectiveVersion objective,
      long validTotal,
      long badTotal,
      List<Sums> windows,
      boolean exposureService) {
    this(objective, validTotal, badTotal, windows, exposureService, SeriesLabels.NONE, null);
  }

  public SloSnapshot {
    windows = windows instanceof SumsList ? windows : List.copyOf(windows);
    if (windows.size() != objective.windows().size()) {
      throw new IllegalArgumentException(
          windows.size() + " sums for " + objective.windows().size() + " windows");
    }
  }

  /** Sums over the compliance period. */
  public Sums period() {
    return windows.get(windows.size() - 1);
  }
}
