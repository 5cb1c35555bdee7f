// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.ingest.publish.ProgressReport;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the transaction in progress, in blocks of nearly one append time, which leave when
 * they are full. The first records begin the transaction. Mutable, single-threaded.
 */
final class OpenBlocks {
  private final FactBuffers facts;
  private final TransactionWriter writer;

  /** What the blocks are of; null before the first records. */
  private AppendOrder.@Nullable Group group;

  OpenBlocks(FactBuffers facts, TransactionWriter writer) {
    this.facts = facts;
    this.writer = writer;
  }

  /** The facts that follow are those of a group. */
  void begin(AppendOrder.Group next) {
    AppendOrder.Group before = group;
    if (before == null) {
      writer.begin();
      group = next;
      return;
    }
    AppendOrder.Group together = next.behind(before);
    if (together == null) {
      facts.write(blockMillis(before), ProgressReport.NONE, writer::send);
      facts.clear();
    }
    group = together == null ? next : together;
  }

  /** Sends the blocks that are full. */
  void sendFull() {
    if (group != null) {
      facts.writeFull(blockMillis(group), writer::send);
    }
  }

  /**
   * Sends the rest, and a report behind it.
   *
   * @return false if there was nothing, and no transaction was begun
   */
  boolean end(ProgressReport progress) {
    if (group == null && progress.isEmpty()) {
      return false;
    }
    if (group == null) {
      writer.begin();
    }
    long millis = group == null ? progress.highestMillis() : blockMillis(group);
    facts.write(millis, progress, writer::send);
    return true;
  }

  /** Forgets everything. */
  void clear() {
    group = null;
    facts.clear();
  }

  private static long blockMillis(AppendOrder.Group group) {
    return Math.max(1, group.appendedMillis());
  }
}
