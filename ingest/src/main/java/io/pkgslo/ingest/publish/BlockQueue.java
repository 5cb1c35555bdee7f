// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rows of one transaction for one partition, parted into blocks as they come. Blocks are kept
 * from transaction to transaction. Mutable, single-threaded.
 */
final class BlockQueue<R extends BlockRows> {
  private final Supplier<R> factory;
  private final List<R> blocks = new ArrayList<>();
  private int used;
  private R open;

  BlockQueue(Supplier<R> factory) {
    this.factory = factory;
    this.open = next();
  }

  private R next() {
    if (used == blocks.size()) {
      blocks.add(factory.get());
    }
    return blocks.get(used++);
  }

  /** The block that takes the next row. */
  R forNext() {
    if (open.isFull()) {
      open = next();
    }
    return open;
  }

  /** The block that took the last row. */
  R ofLast() {
    return open;
  }

  boolean isEmpty() {
    return blocks.get(0).isEmpty();
  }

  /** Writes all blocks; the last one carries {@code progress}; there is always one. */
  void write(BlockBytes bytes, long appendedMillis, List<Progress> progress, Blocks.Output out) {
    for (int i = 0; i < used; i++) {
      List<Progress> carried = i == used - 1 ? progress : List.of();
      out.block(blocks.get(i).encode(bytes, appendedMillis, carried));
    }
  }

  /** Writes the blocks that take no more rows, so that they are on their way while others fill. */
  void writeFull(BlockBytes bytes, long appendedMillis, Blocks.Output out) {
    if (used == 1 && !open.isFull()) {
      return;
    }
    int kept = open.isFull() ? used : used - 1;
    for (int i = 0; i < kept; i++) {
      R block = blocks.get(i);
      out.block(block.encode(bytes, appendedMillis, List.of()));
      block.clear();
    }
    Collections.swap(blocks, 0, used - 1);
    open = blocks.get(0);
    used = 1;
  }

  void clear() {
    for (int i = 0; i < used; i++) {
      blocks.get(i).clear();
    }
    used = 0;
    open = next();
  }
}
