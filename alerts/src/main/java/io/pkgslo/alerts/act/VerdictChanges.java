// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.rollout.RolloutView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mutable, single-threaded: the verdict of each rollout so far, and what changes it. */
final class VerdictChanges {
  private final Map<String, String> verdicts = new HashMap<>();

  /** Null when nothing changes; a rollout begins with hold. */
  @Nullable VerdictChange next(String id, @Nullable RolloutView rollout) {
    if (rollout == null) {
      verdicts.remove(id);
      return null;
    }
    String previous = verdicts.put(id, rollout.verdict());
    boolean same = rollout.verdict().equals(previous == null ? VerdictChange.FIRST : previous);
    return same ? null : new VerdictChange(rollout, previous);
  }

  void drop(String id) {
    verdicts.remove(id);
  }

  void clear() {
    verdicts.clear();
  }
}
