// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes inside a larger array, as a movable view: a name, a text, an id. Text is UTF-8 as the
 * sender wrote it; it is not checked, and {@link #toString()} puts U+FFFD where it is broken.
 *
 * <p>A slice handed out by a view is valid until the callback returns. Equality and hash go by
 * content; a slice as a map key must be a {@link #copy()}.
 */
public final class Slice {
  private static final byte[] NOTHING = new byte[0];
  private static final int HASH_FACTOR = 31;

  private byte[] array = NOTHING;
  private int offset;
  private int length;

  /** An empty slice. */
  public Slice() {}

  /** The UTF-8 bytes of a text, as a slice of its own. */
  public static Slice of(String text) {
    return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Moves this slice to a whole array, which is not copied. */
  public Slice wrap(byte[] bytes) {
    return wrap(bytes, 0, bytes.length);
  }

  /** Moves this slice to a part of an array, which is not copied. */
  public Slice wrap(byte[] bytes, int from, int count) {
    array = bytes;
    offset = from;
    length = count;
    return this;
  }

  Slice wrapPacked(byte[] bytes, long packed) {
    return wrap(bytes, Packed.high(packed), Packed.low(packed));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * One byte.
   *
   * @param index from 0 to length - 1; not checked against the slice
   */
  public byte at(int index) {
    return array[offset + index];
  }

  /**
   * The array that holds the bytes; for loops that cannot afford {@link #at}. Never write to it.
   */
  public byte[] array() {
    return array;
  }

  /** Where the slice starts in {@link #array()}. */
  public int offset() {
    return offset;
  }

  public boolean contentEquals(byte[] other) {
    return contentEquals(other, 0, other.length);
  }

  public boolean contentEquals(byte[] other, int from, int count) {
    return Arrays.equals(array, offset, offset + length, other, from, from + count);
  }

  /** Whether the bytes are the ASCII text, any case of A to Z. */
  public boolean equalsIgnoreAsciiCase(byte[] other) {
    if (other.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(array[offset + i]) != lower(other[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte value) {
    return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
  }

  public boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(array, offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  public boolean endsWith(byte[] suffix) {
    int end = offset + length;
    return length >= suffix.length
        && Arrays.equals(array, end - suffix.length, end, suffix, 0, suffix.length);
  }

  /** Index of the first such byte at or after {@code from}, or -1. */
  public int indexOf(byte wanted, int from) {
    for (int i = Math.max(0, from); i < length; i++) {
      if (array[offset + i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Index at which the bytes first occur, or -1. */
  public int indexOf(byte[] wanted) {
    for (int i = 0; i <= length - wanted.length; i++) {
      int at = offset + i;
      if (Arrays.equals(array, at, at + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Moves {@code part} to a part of this slice. */
  public Slice part(int from, int to, Slice part) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + length);
    }
    return part.wrap(array, offset + from, to - from);
  }

  /** The bytes in an array of their own. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** A slice that outlives the callback. */
  public Slice copy() {
    return new Slice().wrap(toBytes());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Slice slice
        && Arrays.equals(
            array, offset, offset + length, slice.array, slice.offset, slice.offset + slice.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = HASH_FACTOR * hash + array[i];
    }
    return hash;
  }

  /** The text as a new String. */
  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
