// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.model.wire.Progress;
import java.util.List;

/** The rows of one block while they come in. Mutable, single-threaded. */
interface BlockRows {
  /** Whether the block has the size that is aimed at: it takes no further row. */
  boolean isFull();

  boolean isEmpty();

  /** The block on the wire; {@code bytes} is overwritten. */
  byte[] encode(BlockBytes bytes, long appendedMillis, List<Progress> progress);

  void clear();
}
