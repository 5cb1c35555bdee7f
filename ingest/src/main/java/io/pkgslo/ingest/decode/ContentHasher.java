// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Hashes what telemetry says, not how it was encoded: the same content gives the same hash from
 * protobuf and JSON, in any order of fields and of attributes (attributes and lists count as
 * multisets, arrays as sequences), with a default value left out or written.
 *
 * <p>Content is written in a canonical, prefix-free form to a scratch buffer, which is then hashed;
 * entries of unordered lists are hashed one by one and their hashes added. Mutable and
 * single-threaded; the scratch is bounded by the size of a record.
 */
final class ContentHasher {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INITIAL_BYTES = 1 << 10;
  private static final int RETAINED_BYTES = 1 << 20;

  private final Hash128 entry = new Hash128();
  private byte[] scratch = new byte[INITIAL_BYTES];
  private int size;

  void begin() {
    size = 0;
    if (scratch.length > RETAINED_BYTES) {
      scratch = new byte[INITIAL_BYTES];
    }
  }

  void finish(Hash128 into) {
    into.of(scratch, 0, size);
  }

  void number(long value) {
    ensure(Long.BYTES);
    LONGS.set(scratch, size, value);
    size += Long.BYTES;
  }

  void text(Slice slice) {
    number(slice.length());
    ensure(slice.length());
    System.arraycopy(slice.array(), slice.offset(), scratch, size, slice.length());
    size += slice.length();
  }

  void hash(Hash128 value) {
    number(value.high());
    number(value.low());
  }

  void attributes(AttributesView attributes) {
    long high = 0;
    long low = 0;
    int start = size;
    for (int i = 0; i < attributes.size(); i++) {
      text(attributes.keyAt(i));
      value(attributes.valueAt(i));
      takeEntry(start);
      high += entry.high();
      low += entry.low();
    }
    unordered(attributes.size(), high, low);
  }

  void value(AnyValueView value) {
    number(value.kind().code());
    switch (value.kind()) {
      case EMPTY -> {}
      case STRING, BYTES -> text(value.text());
      case BOOL, INT -> number(value.cell());
      // Not the raw bits: JSON knows one NaN only.
      case DOUBLE -> number(Double.doubleToLongBits(value.doubleValue()));
      case ARRAY -> elements(value.elements());
      case KVLIST -> entries(value.entries());
    }
  }

  private void elements(ElementCursor elements) {
    while (elements.next()) {
      number(1);
      value(elements.value());
    }
    number(0);
  }

  private void entries(KeyValueCursor entries) {
    long high = 0;
    long low = 0;
    int count = 0;
    int start = size;
    while (entries.next()) {
      text(entries.key());
      value(entries.value());
      takeEntry(start);
      high += entry.high();
      low += entry.low();
      count++;
    }
    unordered(count, high, low);
  }

  // Hashes what was written since start, and takes it back.
  private void takeEntry(int start) {
    entry.of(scratch, start, size - start);
    size = start;
  }

  private void unordered(int count, long high, long low) {
    number(count);
    number(high);
    number(low);
  }

  private void ensure(int count) {
    if (count > scratch.length - size) {
      scratch = Arrays.copyOf(scratch, Math.max(size + count, 2 * scratch.length));
    }
  }
}
