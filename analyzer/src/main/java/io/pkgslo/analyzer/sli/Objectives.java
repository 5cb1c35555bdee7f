// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Mutable, single-threaded: the objectives that a stage judges by. Their topic keeps the latest
 * version of each alone; the versions before it are kept here, so that an event that is counted
 * after a restart is judged by the version that was valid at its time.
 *
 * <p>Input blocks that are read back count for the objectives that they counted for when they came.
 * So objectives begin as they were then ({@link #catchUp}), and whenever one is deleted or comes
 * back, the log of blocks has to be emptied ({@link #takePartsTheLog}).
 */
final class Objectives {
  private final LedgerArchive archive;
  private final long retentionMillis;
  private final Set<String> withdrawn = new HashSet<>();
  private final Map<String, ObjectiveHistory> known;
  private ObjectiveSet present;
  private ObjectiveSet inForce;
  private boolean stored;
  private boolean partsTheLog;

  /** The objectives that {@code archive} knows, with what the topic says of them now. */
  Objectives(LedgerArchive archive, ObjectiveSet present, long retentionMillis) {
    this.archive = archive;
    this.retentionMillis = retentionMillis;
    this.known = new HashMap<>(archive.readHistories(withdrawn));
    this.present = present;
    this.inForce = asBefore();
  }

  private ObjectiveSet asBefore() {
    ObjectiveSet before = present.withFormer(known);
    for (ObjectiveHistory history : known.values()) {
      if (withdrawn.contains(history.id())) {
        before = before.without(history.id());
      } else if (!before.has(history.id())) {
        before = before.with(history);
      }
    }
    return before;
  }

  ObjectiveSet inForce() {
    return inForce;
  }

  /** Goes over to what the topic says now; returns whether objectives went or came back. */
  boolean catchUp() {
    boolean changes = !inForce.ids().equals(present.ids());
    inForce = present.withFormer(known);
    partsTheLog |= changes;
    return changes;
  }

  /** Takes what the topic says now; returns whether that is new. */
  boolean take(ObjectiveSet next) {
    if (next == present) {
      return false;
    }
    present = next;
    stored = false;
    partsTheLog |=
        !next.ids().containsAll(inForce.ids()) || next.ids().stream().anyMatch(withdrawn::contains);
    inForce = next.withFormer(known);
    return true;
  }

  /** Whether the blocks so far counted for others than those to come; true once. */
  boolean takePartsTheLog() {
    boolean parts = partsTheLog;
    partsTheLog = false;
    return parts;
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
      boolean isBack = withdrawn.remove(history.id());
      if (isBack || !kept.equals(known.get(history.id()))) {
        archive.writeHistory(kept, false);
        known.put(history.id(), kept);
      }
    }
    for (ObjectiveHistory history : known.values()) {
      if (!inForce.has(history.id()) && withdrawn.add(history.id())) {
        archive.writeHistory(history, true);
      }
    }
  }
}
