// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/** Walks the events of a span. Start with {@link #next()}. A flyweight, see the package. */
public final class SpanEventCursor {
  private final RecordTape tape;
  private final AttributesView attributes;
  private final Slice name = new Slice();
  private int nextRow;
  private int remaining;
  private int row;

  SpanEventCursor(RecordTape tape, AttributeKeys keys) {
    this.tape = tape;
    this.attributes = new AttributesView(tape, keys);
  }

  SpanEventCursor moveTo(long range) {
    nextRow = Packed.high(range);
    remaining = Packed.low(range);
    return this;
  }

  /** Moves to the next event; false behind the last. */
  public boolean next() {
    if (remaining == 0) {
      return false;
    }
    remaining--;
    row = nextRow;
    nextRow += SpanRow.Event.STRIDE;
    attributes.moveTo(tape.parts.get(row + SpanRow.Event.ATTRIBUTES));
    return true;
  }

  /** Unsigned; 0 when absent. */
  public long timeEpochNanos() {
    return tape.parts.get(row + SpanRow.Event.TIME);
  }

  public Slice name() {
    return name.wrapPacked(tape.buffer(), tape.parts.get(row + SpanRow.Event.NAME));
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }
}
