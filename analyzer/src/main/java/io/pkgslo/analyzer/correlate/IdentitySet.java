// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * The identities of the last minutes: a 128-bit key is known while no more than the horizon has
 * passed since it was last added, and while not more than a limit of keys is younger. Both times
 * are append times, so what is known does not depend on when someone looks.
 *
 * <p>Open addressing over primitive arrays: 20 bytes per slot, at most two thirds of the slots
 * used. Mutable, single-threaded.
 */
final class IdentitySet {
  private static final int MIN_SLOTS = 1 << 10;

  private final KeyAges ages;

  /** Keys in pairs, and per key the second in which it was last added; 0 is a free slot. */
  private long[] keys = new long[2 * MIN_SLOTS];

  private int[] seen = new int[MIN_SLOTS];
  private int used;

  IdentitySet(long horizonMillis, int limit) {
    ages = new KeyAges(horizonMillis, limit);
  }

  /**
   * Adds a key, or renews it.
   *
   * @param second time of arrival as {@link EpochSeconds}
   * @return true if it was not known
   */
  boolean add(long high, long low, int second) {
    int now = ages.arrival(second);
    int mask = seen.length - 1;
    int free = -1;
    int slot = (int) hash(high, low) & mask;
    while (seen[slot] != 0) {
      int last = seen[slot];
      if (keys[2 * slot] == high && keys[2 * slot + 1] == low) {
        boolean isNew = !ages.isKnown(last, now);
        if (last < now) {
          seen[slot] = now;
          ages.renew(last, now);
        }
        return isNew;
      }
      if (free < 0 && ages.isForgotten(last)) {
        free = slot;
      }
      slot = (slot + 1) & mask;
    }
    insert(free, slot, high, low, now);
    return true;
  }

  private void insert(int forgotten, int empty, long high, long low, int now) {
    int slot = forgotten >= 0 ? forgotten : empty;
    used += forgotten >= 0 ? 0 : 1;
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    seen[slot] = now;
    ages.add(now);
    if (3L * used > 2L * seen.length) {
      rehash();
    }
  }

  /** No key will be added any more with a time before {@code second}. */
  void advance(int second) {
    ages.advance(second);
  }

  private void rehash() {
    int slots = MIN_SLOTS;
    while (slots < 2L * ages.live()) {
      slots *= 2;
    }
    long[] oldKeys = keys;
    int[] oldSeen = seen;
    keys = new long[2 * slots];
    seen = new int[slots];
    used = ages.live();
    int mask = slots - 1;
    for (int i = 0; i < oldSeen.length; i++) {
      if (!ages.isForgotten(oldSeen[i])) {
        long high = oldKeys[2 * i];
        long low = oldKeys[2 * i + 1];
        int slot = (int) hash(high, low) & mask;
        while (seen[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        seen[slot] = oldSeen[i];
      }
    }
  }

  /** Keys that are known. */
  int size() {
    return ages.live();
  }

  /** What is known really: the horizon, or less while the limit of keys is reached. */
  int effectiveHorizonSeconds() {
    return ages.effectiveHorizonSeconds();
  }

  static long hash(long high, long low) {
    return mix(mix(high) ^ low);
  }

  /** 64 bits of a text, after what was hashed before; the same in every run. */
  static long hash(String text, long before) {
    long hash = before ^ 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** Finaliser of MurmurHash3 (public domain): a bijection. */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
