// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.BucketWidth;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Mutable, single-threaded: which parts of a subject differ from its durable records, and for whom
 * it has news.
 */
final class Changes {
  private static final long NONE = -1;

  final Set<ChunkKey> chunks = new LinkedHashSet<>();
  final Set<SketchKey> sketches = new LinkedHashSet<>();
  final Set<MinuteBucket> minutes = new LinkedHashSet<>();

  /** News for the topic of subjects. */
  boolean unannounced;

  private final int[] lowestChunk = new int[BucketWidth.COUNT];
  private final int[] highestChunk = new int[BucketWidth.COUNT];
  private long firstSequence = NONE;
  private int lastSlot = Integer.MIN_VALUE;

  Changes() {
    Arrays.fill(lowestChunk, Integer.MAX_VALUE);
    Arrays.fill(highestChunk, Integer.MIN_VALUE);
  }

  /** Notes buckets of {@code epochMillis} in all widths. */
  void bucket(long epochMillis) {
    int slot = BucketWidth.TEN_SECONDS.slotOf(epochMillis);
    if (slot == lastSlot) {
      return;
    }
    lastSlot = slot;
    for (BucketWidth width : BucketWidth.values()) {
      ChunkKey chunk = ChunkKey.of(width, epochMillis);
      chunks.add(chunk);
      exists(chunk);
    }
  }

  /** Notes that there is a record of {@code chunk}, or will be. */
  void exists(ChunkKey chunk) {
    int width = chunk.width().code();
    lowestChunk[width] = Math.min(lowestChunk[width], chunk.number());
    highestChunk[width] = Math.max(highestChunk[width], chunk.number());
  }

  /** Returns whether there may be records of chunks before {@code first}, and counts them gone. */
  boolean expire(BucketWidth width, int first) {
    int w = width.code();
    if (lowestChunk[w] >= first) {
      return false;
    }
    lowestChunk[w] = highestChunk[w] < first ? Integer.MAX_VALUE : first;
    chunks.removeIf(chunk -> chunk.width() == width && chunk.number() < first);
    return true;
  }

  /** Returns whether this is the first change since the subject was stored. */
  boolean begin(long sequence) {
    if (firstSequence != NONE) {
      return false;
    }
    firstSequence = sequence;
    return true;
  }

  boolean isStored() {
    return firstSequence == NONE;
  }

  /** Sequence number of the first input block that is not stored with the subject. */
  long firstSequence() {
    return firstSequence;
  }

  void stored() {
    chunks.clear();
    sketches.clear();
    minutes.clear();
    firstSequence = NONE;
    lastSlot = Integer.MIN_VALUE;
  }
}
