// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.Arrays;

/**
 * {@link AttributeKeys#find} for keys that follow each other as they did before: one library sets
 * the same attributes in the same order on every span, so the key behind a key is nearly always the
 * one that was there the last time, and one comparison tells. A wrong guess costs one more write.
 * Mutable, single-threaded.
 */
final class LikelyKeys {
  /** Keys that are remembered, by their hash; of two with one place the later one stays. */
  private static final int ENTRIES = 256;

  private static final int LONGEST_KEY = 64;

  private final AttributeKeys keys;
  private final byte[] bytes = new byte[ENTRIES * LONGEST_KEY];

  /** 0 where no key is remembered. */
  private final int[] lengths = new int[ENTRIES];

  private final int[] ids = new int[ENTRIES];

  /** Per key the one that followed it last. */
  private final int[] next = new int[ENTRIES];

  private int last;

  LikelyKeys(AttributeKeys keys) {
    this.keys = keys;
  }

  int find(byte[] array, int offset, int length) {
    int likely = next[last];
    if (holds(likely, array, offset, length)) {
      last = likely;
      return ids[likely];
    }
    return learn(array, offset, length);
  }

  private boolean holds(int entry, byte[] array, int offset, int length) {
    int at = entry * LONGEST_KEY;
    return length > 0
        && lengths[entry] == length
        && Arrays.equals(bytes, at, at + length, array, offset, offset + length);
  }

  private int learn(byte[] array, int offset, int length) {
    int hash = AttributeKeys.hash(array, offset, length);
    int id = keys.find(hash, array, offset, length);
    if (length <= LONGEST_KEY) {
      int entry = hash & (ENTRIES - 1);
      System.arraycopy(array, offset, bytes, entry * LONGEST_KEY, length);
      lengths[entry] = length;
      ids[entry] = id;
      next[last] = entry;
      last = entry;
    }
    return id;
  }
}
