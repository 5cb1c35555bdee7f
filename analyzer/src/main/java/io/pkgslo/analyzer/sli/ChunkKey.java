// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.BucketWidth;

/**
 * Neighbouring buckets of one width that are stored together.
 *
 * @param number of the chunk since the epoch
 */
public record ChunkKey(BucketWidth width, int number) {
  static ChunkKey of(BucketWidth width, long epochMillis) {
    return new ChunkKey(width, numberOf(width, epochMillis));
  }

  static int numberOf(BucketWidth width, long epochMillis) {
    return Math.floorDiv(width.slotOf(epochMillis), width.slotsPerChunk());
  }

  int firstSlot() {
    return number * width.slotsPerChunk();
  }
}
