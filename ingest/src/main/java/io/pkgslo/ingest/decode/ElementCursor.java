// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Walks the elements of an ARRAY. Start with {@link #next()}. A flyweight, see the package. */
public final class ElementCursor {
  private final NestedReader reader = new NestedReader();
  private final AnyValueView value = new AnyValueView();
  private byte[] buffer = new byte[0];

  ElementCursor() {}

  ElementCursor moveTo(byte[] newBuffer, long place) {
    buffer = newBuffer;
    reader.open(newBuffer, place);
    return this;
  }

  /** Moves to the next element; false behind the last. */
  public boolean next() {
    if (!reader.nextElement()) {
      return false;
    }
    value.moveTo(buffer, reader.kind(), reader.value());
    return true;
  }

  public AnyValueView value() {
    return value;
  }
}
