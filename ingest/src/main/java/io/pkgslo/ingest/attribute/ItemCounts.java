// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.Arrays;

/**
 * What became of the spans, log records and metric points of one transaction: received = processed
 * + sum of dropped. Mutable, single-threaded.
 */
public final class ItemCounts {
  private final long[] dropped = new long[DropReason.values().length];
  private final long[] corrected = new long[Correction.values().length];
  private long received;
  private long processed;

  void received() {
    received++;
  }

  void processed() {
    processed++;
  }

  void dropped(DropReason reason) {
    dropped[reason.ordinal()]++;
  }

  void corrected(Correction correction) {
    corrected[correction.ordinal()]++;
  }

  public long receivedItems() {
    return received;
  }

  public long processedItems() {
    return processed;
  }

  public long droppedItems(DropReason reason) {
    return dropped[reason.ordinal()];
  }

  public long correctedItems(Correction correction) {
    return corrected[correction.ordinal()];
  }

  /** Starts again with nothing. */
  public void clear() {
    received = 0;
    processed = 0;
    Arrays.fill(dropped, 0);
    Arrays.fill(corrected, 0);
  }
}
