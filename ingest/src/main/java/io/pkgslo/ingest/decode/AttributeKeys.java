// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The attribute keys that the pipeline asks for, each with a small number. It is built once, shared
 * by all decoders, and finds the number of a key from its bytes, so that no attribute of a record
 * ever becomes a String to be looked up. Immutable.
 */
public final class AttributeKeys {
  /** What {@link #find} says of a key that nobody asks for. */
  static final int NONE = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SLOTS_PER_KEY = 4;
  private static final int BYTE_MASK = 0xff;
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  /** What the first and the last eight bytes hold between them. */
  private static final int ENDS = 2 * Long.BYTES;

  private final List<String> names;
  private final byte[][] encoded;
  private final int mask;

  // Open addressing: the number of the key in a slot, its length, its first and last eight bytes.
  private final int[] slots;
  private final int[] lengths;
  private final long[] heads;
  private final long[] tails;

  private AttributeKeys(List<String> names, Collection<String> unused) {
    this.names = names;
    this.encoded = new byte[names.size()][];
    int capacity = Integer.highestOneBit(Math.max(1, names.size() * SLOTS_PER_KEY)) << 1;
    this.mask = capacity - 1;
    this.slots = new int[capacity];
    this.lengths = new int[capacity];
    this.heads = new long[capacity];
    this.tails = new long[capacity];
    Arrays.fill(slots, NONE);
    for (int id = 0; id < encoded.length; id++) {
      encoded[id] = names.get(id).getBytes(StandardCharsets.UTF_8);
      if (!unused.contains(names.get(id))) {
        insert(id);
      }
    }
  }

  /** A table of these keys; a key that stands twice counts once. Numbers follow the order. */
  public static AttributeKeys of(List<String> keys) {
    return of(keys, List.of());
  }

  /**
   * As the other one, but some of the keys only keep their numbers: nobody asks for them, so they
   * are not looked for.
   */
  public static AttributeKeys of(List<String> keys, Collection<String> unused) {
    return new AttributeKeys(List.copyOf(new LinkedHashSet<>(keys)), unused);
  }

  private void insert(int id) {
    byte[] key = encoded[id];
    int slot = slot(tail(key, 0, key.length), key.length);
    while (slots[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id;
    lengths[slot] = key.length;
    heads[slot] = head(key, 0, key.length);
    tails[slot] = tail(key, 0, key.length);
  }

  /** How many keys there are; numbers are 0 to size - 1. */
  public int size() {
    return encoded.length;
  }

  /**
   * The number of a key.
   *
   * @throws IllegalArgumentException when the table was built without it
   */
  public int id(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    int id = find(bytes, 0, bytes.length);
    if (id == NONE) {
      throw new IllegalArgumentException("no such key in the table: " + key);
    }
    return id;
  }

  /** The key of a number. */
  public String name(int id) {
    return names.get(id);
  }

  int find(byte[] array, int offset, int length) {
    long tail = tail(array, offset, length);
    int slot = slot(tail, length);
    for (int id = slots[slot]; id != NONE; id = slots[slot]) {
      if (tails[slot] == tail
          && lengths[slot] == length
          && heads[slot] == head(array, offset, length)
          && (length <= ENDS || isMiddleEqual(encoded[id], array, offset))) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  // Length and end tell real keys apart: most keys that nobody asks for hit a free slot.
  private int slot(long tail, int length) {
    return (int) (((tail + length) * MIX) >>> Integer.SIZE) & mask;
  }

  /** The first eight bytes; 0 for a shorter key. */
  private static long head(byte[] array, int offset, int length) {
    return length >= Long.BYTES ? (long) LONGS.get(array, offset) : 0;
  }

  /** The last eight bytes; of a shorter key all of them. */
  private static long tail(byte[] array, int offset, int length) {
    if (length >= Long.BYTES) {
      return (long) LONGS.get(array, offset + length - Long.BYTES);
    }
    long tail = 0;
    for (int i = 0; i < length; i++) {
      tail = tail << Byte.SIZE | (array[offset + i] & BYTE_MASK);
    }
    return tail;
  }

  /** What lies between the ends, which are known to be equal. */
  private static boolean isMiddleEqual(byte[] key, byte[] array, int offset) {
    for (int i = Long.BYTES; i < key.length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONGS.get(key, i) != (long) LONGS.get(array, offset + i)) {
        return false;
      }
    }
    return true;
  }
}
