// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * One value of an attribute or a log body. A flyweight, see the package; each attribute key has its
 * own, and one that was reached through a cursor moves with it. Accessors of another kind than
 * {@link #kind()} throw.
 */
public final class AnyValueView {
  private final Slice text = new Slice();
  private byte[] buffer = new byte[0];
  private ValueKind kind = ValueKind.EMPTY;
  private long value;
  private @Nullable KeyValueCursor entries;
  private @Nullable ElementCursor elements;
  private @Nullable AnyValueView found;

  AnyValueView() {}

  AnyValueView moveTo(byte[] newBuffer, ValueKind newKind, long newValue) {
    buffer = newBuffer;
    kind = newKind;
    value = newValue;
    return this;
  }

  AnyValueView moveTo(AnyValueView other) {
    return moveTo(other.buffer, other.kind, other.value);
  }

  public ValueKind kind() {
    return kind;
  }

  public boolean isString() {
    return kind == ValueKind.STRING;
  }

  /** The bytes of a STRING or BYTES. */
  public Slice text() {
    if (!kind.isText()) {
      throw wrongKind("text");
    }
    return text.wrapPacked(buffer, value);
  }

  /** The value of an INT. */
  public long longValue() {
    expect(ValueKind.INT);
    return value;
  }

  /** The value of a DOUBLE. */
  public double doubleValue() {
    expect(ValueKind.DOUBLE);
    return Double.longBitsToDouble(value);
  }

  /** The value of a BOOL. */
  public boolean booleanValue() {
    expect(ValueKind.BOOL);
    return value != 0;
  }

  /**
   * The entries of a KVLIST, from the first. Each call starts over with the same cursor: walk one
   * list of one value at a time.
   */
  public KeyValueCursor entries() {
    expect(ValueKind.KVLIST);
    if (entries == null) {
      entries = new KeyValueCursor();
    }
    return entries.moveTo(buffer, value);
  }

  /** The elements of an ARRAY, from the first; as {@link #entries()}. */
  public ElementCursor elements() {
    expect(ValueKind.ARRAY);
    if (elements == null) {
      elements = new ElementCursor();
    }
    return elements.moveTo(buffer, value);
  }

  /**
   * The value at a path of keys through nested lists; the last of several equal keys counts.
   *
   * @return null when there is none, also when a value on the way is no KVLIST; the view is this
   *     view's own and moves with the next call
   */
  public @Nullable AnyValueView find(AttributePath path) {
    if (found == null) {
      found = new AnyValueView();
    }
    found.moveTo(this);
    for (int i = 0; i < path.length(); i++) {
      if (!found.stepInto(path.key(i))) {
        return null;
      }
    }
    return found;
  }

  private boolean stepInto(byte[] key) {
    if (kind != ValueKind.KVLIST) {
      return false;
    }
    byte[] heldBuffer = buffer;
    ValueKind lastKind = ValueKind.EMPTY;
    long last = 0;
    boolean hit = false;
    KeyValueCursor cursor = entries();
    while (cursor.next()) {
      if (cursor.key().contentEquals(key)) {
        hit = true;
        lastKind = cursor.value().kind;
        last = cursor.value().value;
      }
    }
    moveTo(heldBuffer, lastKind, last);
    return hit;
  }

  /** The raw cell, for the canonical form: a scalar's bits or a place in the buffer. */
  long cell() {
    return value;
  }

  byte[] buffer() {
    return buffer;
  }

  private void expect(ValueKind wanted) {
    if (kind != wanted) {
      throw wrongKind(wanted.name());
    }
  }

  private IllegalStateException wrongKind(String wanted) {
    return new IllegalStateException("asked for " + wanted + " of " + kind);
  }

  /** The value as text for people: strings as they are, lists in the manner of JSON. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    ValueText.append(this, out);
    return out.toString();
  }
}
