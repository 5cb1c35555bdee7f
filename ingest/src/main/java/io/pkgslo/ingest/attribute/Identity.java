// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Hash128;
import java.nio.ByteBuffer;

/**
 * 128-bit identities of what is derived from an item: the same item always gives the same ones, the
 * n-th thing of an item another than the first. Mutable holder of the last result, single-threaded.
 */
final class Identity {
  private static final int LONGS = 4;

  private final Hash128 hash = new Hash128();
  private final ByteBuffer scratch = ByteBuffer.allocate(LONGS * Long.BYTES);

  /**
   * @param high identity of the item
   * @param low likewise
   * @param part span id, or 0
   * @param ordinal number of the derived thing among those of the item
   */
  Identity of(long high, long low, long part, long ordinal) {
    scratch.clear();
    scratch.putLong(high).putLong(low).putLong(part).putLong(ordinal);
    var unused = hash.of(scratch.array(), 0, scratch.position());
    return this;
  }

  long high() {
    return hash.high();
  }

  long low() {
    return hash.low();
  }
}
