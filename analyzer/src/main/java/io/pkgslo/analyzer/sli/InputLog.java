// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.LogRecord;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Mutable, single-threaded: the input blocks that some subject's records do not contain, and the
 * subjects whose records wait to be written. The log is bounded in bytes: over it subjects are
 * written early.
 */
final class InputLog {
  private static final long MAX_BYTES = 64L << 20;

  /** Subjects written per block at most, so that no block takes long. */
  private static final int MAX_STORED_PER_BLOCK = 2_000;

  private final LedgerArchive archive;
  private final long storeAfterMillis;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;

  InputLog(LedgerArchive archive, long storeAfterMillis) {
    this.archive = archive;
    this.storeAfterMillis = storeAfterMillis;
  }

  private record Entry(long sequence, int size) {}

  private record Waiting(SubjectLedger ledger, long sinceMillis) {}

  /** Writes one more block. */
  void append(long sequence, LogRecord record) {
    archive.appendLog(sequence, record);
    restored(sequence, record);
  }

  /** Takes note of a block that is written already. */
  void restored(long sequence, LogRecord record) {
    int size = record.getSerializedSize();
    entries.add(new Entry(sequence, size));
    bytes += size;
  }

  /** Notes that {@code ledger} differs from its records from block {@code sequence} on. */
  void changed(SubjectLedger ledger, long sequence, long nowMillis) {
    if (ledger.changes.begin(sequence)) {
      // Before there is any time, everything is as old as can be.
      waiting.add(new Waiting(ledger, Math.max(0, nowMillis)));
    }
  }

  /** Writes the subjects that wait for longest, as of block {@code sequence}, and cuts the log. */
  void store(long sequence, long nowMillis) {
    int budget = MAX_STORED_PER_BLOCK;
    while (budget-- > 0 && !waiting.isEmpty() && isDue(waiting.element(), nowMillis)) {
      archive.store(waiting.remove().ledger(), sequence);
    }
    cut();
  }

  /** Writes all subjects that wait, as of block {@code sequence}; the log is empty then. */
  void storeAll(long sequence) {
    while (!waiting.isEmpty()) {
      archive.store(waiting.remove().ledger(), sequence);
    }
    cut();
  }

  private void cut() {
    Waiting oldest = waiting.peek();
    long needed = oldest == null ? Long.MAX_VALUE : oldest.ledger().changes.firstSequence();
    while (!entries.isEmpty() && entries.element().sequence() < needed) {
      Entry entry = entries.remove();
      bytes -= entry.size();
      archive.deleteLog(entry.sequence());
    }
  }

  private boolean isDue(Waiting oldest, long nowMillis) {
    return bytes > MAX_BYTES || nowMillis - oldest.sinceMillis() >= storeAfterMillis;
  }
}
