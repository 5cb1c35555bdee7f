// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one String of bytes that come again and again: names of scopes, services, functions. A
 * cache of fixed size, in sets of four; in a full set the oldest entry gives way, so that a stream
 * of ever new names costs one String each, and no more memory. Mutable and single-threaded.
 */
public final class Interner {
  private static final int WAYS = 4;
  private static final int LARGEST = 1 << 24;
  private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

  private final int longest;
  private final int mask;
  private final @Nullable Entry[] entries;
  private final byte[] nextVictim;
  private long misses;

  /**
   * Builds an empty interner.
   *
   * @param capacity how many Strings it holds at most; rounded up to a power of two, at least 4
   * @param longest longest text that it keeps, in bytes; a longer one is a new String each time
   */
  public Interner(int capacity, int longest) {
    if (capacity < 1 || capacity > LARGEST || longest < 0) {
      throw new IllegalArgumentException("capacity " + capacity + ", longest " + longest);
    }
    int sets = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * capacity - 1)) / WAYS);
    this.longest = longest;
    this.mask = sets - 1;
    this.entries = new @Nullable Entry[sets * WAYS];
    this.nextVictim = new byte[sets];
  }

  /** The text of a slice, as the same String as before where possible. */
  public String intern(Slice slice) {
    if (slice.isEmpty()) {
      return "";
    }
    if (slice.length() > longest) {
      misses++;
      return slice.toString();
    }
    int set = (int) ((slice.hashCode() * FACTOR) >>> Integer.SIZE) & mask;
    for (int at = set * WAYS; at < (set + 1) * WAYS; at++) {
      Entry entry = entries[at];
      if (entry != null && slice.contentEquals(entry.key)) {
        return entry.text;
      }
    }
    return replace(set, slice);
  }

  private String replace(int set, Slice slice) {
    misses++;
    Entry entry = new Entry(slice.toBytes(), slice.toString());
    entries[set * WAYS + nextVictim[set]] = entry;
    nextVictim[set] = (byte) ((nextVictim[set] + 1) % WAYS);
    return entry.text;
  }

  /** How many texts were not found so far. */
  public long misses() {
    return misses;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(entries, null);
  }

  private static final class Entry {
    private final byte[] key;
    private final String text;

    Entry(byte[] key, String text) {
      this.key = key;
      this.text = text;
    }
  }
}
