// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the objective files and the set in force stand to each other.
 *
 * @param active objectives in force, the built-in ones included
 * @param since when the set in force was published
 * @param applied sets that were published since the start, the first one included
 * @param invalid times that files were read and refused
 * @param failed times that a set could not be published
 * @param problem why the files are not in force; null when they are
 */
public record ObjectiveStatus(
    int active, Instant since, long applied, long invalid, long failed, @Nullable String problem) {
  /** True when what the files say is in force. */
  public boolean isCurrent() {
    return problem == null;
  }

  ObjectiveStatus applied(int count, Instant now) {
    return new ObjectiveStatus(count, now, applied + 1, invalid, failed, null);
  }

  ObjectiveStatus refused(String report) {
    return new ObjectiveStatus(active, since, applied, invalid + 1, failed, report);
  }

  ObjectiveStatus notPublished(String cause) {
    return new ObjectiveStatus(active, since, applied, invalid, failed + 1, cause);
  }

  ObjectiveStatus current() {
    return new ObjectiveStatus(active, since, applied, invalid, failed, null);
  }
}
