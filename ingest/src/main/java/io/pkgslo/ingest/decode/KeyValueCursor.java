// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Walks the entries of a KVLIST in the order of the sender, duplicates included (of equal keys the
 * last one counts). Start with {@link #next()}. A flyweight, see the package.
 */
public final class KeyValueCursor {
  private final NestedReader reader = new NestedReader();
  private final Slice key = new Slice();
  private final AnyValueView value = new AnyValueView();
  private byte[] buffer = new byte[0];

  KeyValueCursor() {}

  KeyValueCursor moveTo(byte[] newBuffer, long place) {
    buffer = newBuffer;
    reader.open(newBuffer, place);
    return this;
  }

  /** Moves to the next entry; false behind the last. */
  public boolean next() {
    if (!reader.nextEntry()) {
      return false;
    }
    key.wrapPacked(buffer, reader.key());
    value.moveTo(buffer, reader.kind(), reader.value());
    return true;
  }

  public Slice key() {
    return key;
  }

  public AnyValueView value() {
    return value;
  }
}
