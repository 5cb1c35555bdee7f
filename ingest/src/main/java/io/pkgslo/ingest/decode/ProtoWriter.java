// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes protobuf's wire format into a growing array. Mutable and single-threaded. */
final class ProtoWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INITIAL_BYTES = 1 << 12;
  private static final int RETAINED_BYTES = 4 << 20;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;
  private static final int MORE = 0x80;

  /** Lengths are filled in afterwards, so they all take the same room. */
  private static final int LENGTH_BYTES = 5;

  private static final int FIRST_NON_ASCII = 0x80;
  private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

  private byte[] array = new byte[INITIAL_BYTES];
  private int size;

  void reset() {
    size = 0;
    if (array.length > RETAINED_BYTES) {
      array = new byte[INITIAL_BYTES];
    }
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~VARINT_MASK) != 0) {
      array[size++] = (byte) (rest | MORE);
      rest >>>= VARINT_BITS;
    }
    array[size++] = (byte) rest;
  }

  void fixed64(long value) {
    ensure(Long.BYTES);
    LONGS.set(array, size, value);
    size += Long.BYTES;
  }

  void fixed32(int value) {
    ensure(Integer.BYTES);
    INTS.set(array, size, value);
    size += Integer.BYTES;
  }

  void octet(int value) {
    ensure(1);
    array[size++] = (byte) value;
  }

  void raw(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  void bytes(byte[] bytes) {
    varint(bytes.length);
    raw(bytes, 0, bytes.length);
  }

  /** Starts a length-delimited field; returns the mark that {@link #end} wants back. */
  int begin(int tag) {
    varint(tag);
    return beginLength();
  }

  /** As {@link #begin}, where the tag has been written. */
  int beginLength() {
    ensure(LENGTH_BYTES);
    size += LENGTH_BYTES;
    return size;
  }

  /** Ends a length-delimited field: writes its length in front of it, as a padded varint. */
  void end(int mark) {
    int rest = size - mark;
    for (int i = mark - LENGTH_BYTES; i < mark - 1; i++) {
      array[i] = (byte) (rest | MORE);
      rest >>>= VARINT_BITS;
    }
    array[mark - 1] = (byte) rest;
  }

  /** Writes characters as UTF-8, without a length; U+FFFD stands for half a surrogate pair. */
  void utf8(char[] chars, int offset, int length) {
    int end = offset + length;
    int at = offset;
    ensure(length);
    while (at < end && chars[at] < FIRST_NON_ASCII) {
      array[size++] = (byte) chars[at++];
    }
    while (at < end) {
      ensure(MAX_UTF8_BYTES_PER_CHAR + 1);
      int codePoint = Character.codePointAt(chars, at, end);
      at += Character.charCount(codePoint);
      codePoint(
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
              ? 0xfffd
              : codePoint);
    }
  }

  private void codePoint(int value) {
    if (value < FIRST_NON_ASCII) {
      array[size++] = (byte) value;
    } else if (value < 0x800) {
      array[size++] = (byte) (0xc0 | (value >> 6));
      continuation(value);
    } else if (value < 0x1_0000) {
      array[size++] = (byte) (0xe0 | (value >> 12));
      continuation(value >> 6);
      continuation(value);
    } else {
      array[size++] = (byte) (0xf0 | (value >> 18));
      continuation(value >> 12);
      continuation(value >> 6);
      continuation(value);
    }
  }

  private void continuation(int bits) {
    array[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void ensure(int count) {
    if (count > array.length - size) {
      array = Arrays.copyOf(array, Math.max(size + count, array.length + (array.length >> 1)));
    }
  }
}
