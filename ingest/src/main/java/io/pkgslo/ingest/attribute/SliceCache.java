// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What followed from some bytes before. Repeats cost one lookup and allocate nothing. When it is
 * full it starts over, which bounds memory and changes no result. Mutable, single-threaded.
 *
 * <p>A table of its own instead of a HashMap: one lookup stands behind nearly every span, and
 * hashing byte by byte was a good part of all that attribution costs. The hash takes eight bytes at
 * a time.
 */
final class SliceCache<V> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
  private static final int ROTATION = 27;
  private static final int FIRST_SLOTS = 64;

  /** What is longer is not worth its room: it comes once, or from somebody who means harm. */
  private static final int LONGEST_KEY_BYTES = 16 << 10;

  private final int capacity;
  private @Nullable Entry<V>[] slots = slots(FIRST_SLOTS);
  private int size;

  /** What was found last: neighbours are often equal, and a comparison is cheaper than a hash. */
  private @Nullable Entry<V> last;

  private record Entry<V>(Slice key, int hash, V value) {}

  /**
   * @param capacity most entries, at least 1
   */
  SliceCache(int capacity) {
    this.capacity = capacity;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> @Nullable Entry<V>[] slots(int count) {
    return new Entry[count];
  }

  @Nullable V get(Slice key) {
    Entry<V> known = last;
    return known != null && known.key().equals(key) ? known.value() : find(key);
  }

  private @Nullable V find(Slice key) {
    int hash = hash(key);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (Entry<V> entry = slots[slot]; entry != null; entry = slots[slot]) {
      if (entry.hash() == hash && entry.key().equals(key)) {
        last = entry;
        return entry.value();
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  /** Adds an entry, unless its key is very long; {@code key} must not be in the cache. */
  void put(Slice key, V value) {
    if (key.length() > LONGEST_KEY_BYTES) {
      return;
    }
    if (size >= capacity) {
      Arrays.fill(slots, null);
      last = null;
      size = 0;
    } else if (2 * size >= slots.length) {
      grow();
    }
    insert(new Entry<>(key.copy(), hash(key), value));
    size++;
  }

  private void grow() {
    @Nullable Entry<V>[] old = slots;
    slots = slots(2 * old.length);
    for (Entry<V> entry : old) {
      if (entry != null) {
        insert(entry);
      }
    }
  }

  private void insert(Entry<V> entry) {
    int mask = slots.length - 1;
    int slot = entry.hash() & mask;
    while (slots[slot] != null) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
  }

  int size() {
    return size;
  }

  private static int hash(Slice key) {
    byte[] array = key.array();
    int at = key.offset();
    int end = at + key.length();
    long hash = key.length();
    long other = 0;
    // Two at once: a multiplication need not wait for the one before.
    for (; at + 2 * Long.BYTES <= end; at += 2 * Long.BYTES) {
      hash = (Long.rotateLeft(hash, ROTATION) ^ (long) LONGS.get(array, at)) * MIX;
      long next = (long) LONGS.get(array, at + Long.BYTES);
      other = (Long.rotateLeft(other, ROTATION) ^ next) * MIX;
    }
    hash = Long.rotateLeft(hash, ROTATION) ^ other;
    if (at + Long.BYTES <= end) {
      hash = (Long.rotateLeft(hash, ROTATION) ^ (long) LONGS.get(array, at)) * MIX;
      at += Long.BYTES;
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << Byte.SIZE | (array[at] & 0xff);
    }
    hash = (Long.rotateLeft(hash, ROTATION) ^ rest) * MIX;
    return (int) (hash >>> Integer.SIZE);
  }
}
