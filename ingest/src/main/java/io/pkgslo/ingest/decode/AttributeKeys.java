// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
  private static final int ROTATION = 29;

  private final List<String> names;
  private final byte[][] encoded;
  private final int[] slots;
  private final int[] hashes;
  private final int mask;

  private AttributeKeys(List<String> names) {
    this.names = names;
    this.encoded = new byte[names.size()][];
    int capacity = Integer.highestOneBit(Math.max(1, names.size() * SLOTS_PER_KEY)) << 1;
    this.mask = capacity - 1;
    this.slots = new int[capacity];
    this.hashes = new int[capacity];
    Arrays.fill(slots, NONE);
    for (int id = 0; id < encoded.length; id++) {
      encoded[id] = names.get(id).getBytes(StandardCharsets.UTF_8);
      insert(id);
    }
  }

  /** A table of these keys; a key that stands twice counts once. Numbers follow the order. */
  public static AttributeKeys of(List<String> keys) {
    return new AttributeKeys(List.copyOf(new LinkedHashSet<>(keys)));
  }

  private void insert(int id) {
    int hash = hash(encoded[id], 0, encoded[id].length);
    int slot = hash & mask;
    while (slots[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id;
    hashes[slot] = hash;
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
    return find(hash(array, offset, length), array, offset, length);
  }

  /** As the other one, for a key whose {@link #hash} is known. */
  int find(int hash, byte[] array, int offset, int length) {
    int slot = hash & mask;
    int id = slots[slot];
    while (id != NONE) {
      byte[] key = encoded[id];
      if (hashes[slot] == hash
          && Arrays.equals(key, 0, key.length, array, offset, offset + length)) {
        return id;
      }
      slot = (slot + 1) & mask;
      id = slots[slot];
    }
    return NONE;
  }

  // Length, first and last eight bytes tell real keys apart; a collision costs one comparison.
  static int hash(byte[] array, int offset, int length) {
    long mixed = length;
    if (length >= Long.BYTES) {
      long first = (long) LONGS.get(array, offset);
      long last = (long) LONGS.get(array, offset + length - Long.BYTES);
      mixed += (first * MIX) ^ Long.rotateLeft(last, ROTATION);
    } else {
      for (int i = 0; i < length; i++) {
        mixed = (mixed << Byte.SIZE) ^ array[offset + i] ^ (mixed >>> Integer.SIZE);
      }
    }
    mixed *= MIX;
    return (int) (mixed >>> Integer.SIZE);
  }
}
