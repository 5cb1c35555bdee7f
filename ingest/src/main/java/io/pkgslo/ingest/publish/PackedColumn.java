// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A packed repeated field of a block as it grows: the bytes that go on the wire, either all fixed64
 * or all unsigned varints. Keeps its array. Mutable, single-threaded.
 */
final class PackedColumn {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_CAPACITY = 1 << 11;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MORE = 0x80;
  private static final int PAYLOAD_BITS = 7;

  /** Seven bits in each of eight bytes. */
  private static final int BITS_OF_EIGHT_BYTES = 56;

  private static final long ALL_MORE = 0x8080_8080_8080_8080L;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  void fixed64(long value) {
    int at = size;
    if (at + Long.BYTES > bytes.length) {
      grow();
    }
    LONGS.set(bytes, at, value);
    size = at + Long.BYTES;
  }

  void varint(long value) {
    int at = size;
    if (at + MAX_VARINT_BYTES > bytes.length) {
      grow();
    }
    if ((value & -MORE) == 0) {
      bytes[at] = (byte) value;
      size = at + 1;
    } else if (value >>> BITS_OF_EIGHT_BYTES == 0) {
      int length = lengthOf(value);
      long more = ALL_MORE & ((1L << (Byte.SIZE * (length - 1))) - 1);
      LONGS.set(bytes, at, spread(value) | more);
      size = at + length;
    } else {
      size = putLong(value, at);
    }
  }

  /** Bytes that a number takes: a division by 7, done by a multiplication. */
  static int lengthOf(long value) {
    return (9 * (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) + Long.SIZE) >>> 6;
  }

  /** Eight groups of seven bits, each into the low bits of a byte, all at once. */
  private static long spread(long value) {
    long halves = (value & 0x0000_0000_0fff_ffffL) | ((value & 0x00ff_ffff_f000_0000L) << 4);
    long pairs = (halves & 0x0000_3fff_0000_3fffL) | ((halves & 0x0fff_c000_0fff_c000L) << 2);
    return (pairs & 0x007f_007f_007f_007fL) | ((pairs & 0x3f80_3f80_3f80_3f80L) << 1);
  }

  private int putLong(long value, int from) {
    int at = from;
    long rest = value;
    while ((rest & -MORE) != 0) {
      bytes[at++] = (byte) (rest | MORE);
      rest >>>= PAYLOAD_BITS;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  private void grow() {
    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
  }

  /** Bytes, not rows. */
  int size() {
    return size;
  }

  /** Copies all bytes to a place in an array that has room for them. */
  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, size);
  }

  void clear() {
    size = 0;
  }
}
