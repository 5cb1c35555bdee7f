// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the spans, log records and metric points of one transaction: received = processed
 * + sum of dropped. Mutable, single-threaded.
 */
public final class ItemCounts {
  private final Map<DropReason, Tally> dropped = new EnumMap<>(DropReason.class);
  private final Map<Correction, Tally> corrected = new EnumMap<>(Correction.class);
  private long received;
  private long processed;

  private static final class Tally {
    long count;
  }

  void received() {
    received++;
  }

  void processed() {
    processed++;
  }

  void dropped(DropReason reason) {
    dropped.computeIfAbsent(reason, unused -> new Tally()).count++;
  }

  void corrected(Correction correction) {
    corrected.computeIfAbsent(correction, unused -> new Tally()).count++;
  }

  public long receivedItems() {
    return received;
  }

  public long processedItems() {
    return processed;
  }

  public long droppedItems(DropReason reason) {
    return count(dropped.get(reason));
  }

  public long correctedItems(Correction correction) {
    return count(corrected.get(correction));
  }

  /** Starts again with nothing. */
  public void clear() {
    received = 0;
    processed = 0;
    dropped.clear();
    corrected.clear();
  }

  private static long count(@Nullable Tally tally) {
    return tally == null ? 0 : tally.count;
  }
}
