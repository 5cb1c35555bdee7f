// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import java.util.HashMap;
import java.util.Map;

/**
 * Mutable, single-threaded: the objectives that a stage judges by. Their topic keeps the latest
 * version of each alone; the versions before it are kept here, so that an event that is counted
 * after a restart is judged by the version that was valid at its time.
 */
final class Objectives {
  private final LedgerArchive archive;
  private final long retentionMillis;
  private final Map<String, ObjectiveHistory> known;
  private ObjectiveSet present;
  private ObjectiveSet inForce;
  private boolean stored;

  /** The objectives that {@code archive} knows, and those of the topic. */
  Objectives(LedgerArchive archive, ObjectiveSet present, long retentionMillis) {
    this.archive = archive;
    this.retentionMillis = retentionMillis;
    this.known = new HashMap<>(archive.readHistories());
    this.present = present;
    this.inForce = present.withFormer(known);
  }

  ObjectiveSet inForce() {
    return inForce;
  }

  /** Takes what the topic says now; returns whether that is new. */
  boolean take(ObjectiveSet next) {
    if (next == present) {
      return false;
    }
    present = next;
    stored = false;
    inForce = next.withFormer(known);
    return true;
  }

  /** Writes what is new. Versions that nothing can ask for any more are left out. */
  void store(long closedMillis) {
    if (stored) {
      return;
    }
    stored = true;
    long since =
        closedMillis == ProgressTracker.UNKNOWN ? Long.MIN_VALUE : closedMillis - retentionMillis;
    for (ObjectiveHistory history : inForce.histories()) {
      ObjectiveHistory kept = history.since(since);
      if (!kept.equals(known.get(history.id()))) {
        archive.writeHistory(kept);
        known.put(history.id(), kept);
      }
    }
  }
}
