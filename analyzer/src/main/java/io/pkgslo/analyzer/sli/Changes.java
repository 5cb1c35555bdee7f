// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.BucketWidth;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Mutable, single-threaded: which parts of a subject differ from its durable records, and for whom
 * it has news.
 */
final class Changes {
  private static final long NONE = -1;

  private static final BucketWidth[] WIDTHS = BucketWidth.values();

  private final FewLongs chunks = new FewLongs();
  private final FewLongs sketches = new FewLongs();

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
    for (BucketWidth width : WIDTHS) {
      int number = ChunkKey.numberOf(width, epochMillis);
      chunks.add(packed(width, number));
      exists(width, number);
    }
  }

  private static long packed(BucketWidth width, int number) {
    return (long) width.code() << Integer.SIZE | Integer.toUnsignedLong(number);
  }

  private static ChunkKey chunk(long packed) {
    return new ChunkKey(WIDTHS[(int) (packed >>> Integer.SIZE)], (int) packed);
  }

  /** Notes one bucket of time of a histogram. */
  void sketch(boolean inits, long startMillis) {
    sketches.add(startMillis << 1 | (inits ? 1 : 0));
  }

  boolean hasSketches() {
    return !sketches.isEmpty();
  }

  void forEachChunk(Consumer<ChunkKey> consumer) {
    chunks.forEach(packed -> consumer.accept(chunk(packed)));
  }

  void forEachSketch(Consumer<SketchKey> consumer) {
    sketches.forEach(packed -> consumer.accept(new SketchKey((packed & 1) != 0, packed >> 1)));
  }

  /** Notes that there is a record of {@code chunk}, or will be. */
  void exists(ChunkKey chunk) {
    exists(chunk.width(), chunk.number());
  }

  private void exists(BucketWidth width, int number) {
    int w = width.code();
    lowestChunk[w] = Math.min(lowestChunk[w], number);
    highestChunk[w] = Math.max(highestChunk[w], number);
  }

  /** Returns whether there may be records of chunks before {@code first}, and counts them gone. */
  boolean expire(BucketWidth width, int first) {
    int w = width.code();
    if (lowestChunk[w] >= first) {
      return false;
    }
    lowestChunk[w] = highestChunk[w] < first ? Integer.MAX_VALUE : first;
    chunks.removeIf(packed -> packed >>> Integer.SIZE == w && (int) packed < first);
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
    firstSequence = NONE;
    lastSlot = Integer.MIN_VALUE;
  }
}
