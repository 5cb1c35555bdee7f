// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.TreeMap;

/**
 * The identities of the last minutes: a 128-bit key is known while no more than the horizon has
 * passed since it was last added, and while not more than a limit of keys is younger. Both times
 * are append times, so what is known does not depend on when someone looks.
 *
 * <p>Open addressing over primitive arrays: 20 bytes per slot, at most two thirds of the slots
 * used. Keys with one high half, the spans of a trace, come together and lie together, as far as
 * they are few: who asks for the next one finds it where he looked last. Mutable, single-threaded.
 */
final class IdentitySet {
  private static final int MIN_SLOTS = 1 << 10;

  /** How far from the home of its high half a key may be; else it lies where all of it says. */
  private static final int NEAR = 32;

  private final int horizonSeconds;
  private final int limit;

  /** Keys in pairs, and per key the second in which it was last added; 0 is a free slot. */
  private long[] keys = new long[2 * MIN_SLOTS];

  private int[] seen = new int[MIN_SLOTS];
  private int used;

  /** Keys that count, per second in which they were last added, and their sum. */
  private final TreeMap<Integer, int[]> perSecond = new TreeMap<>();

  private int live;

  /** The entry of {@link #perSecond} that was used last: nearly always the next one too. */
  private int[] counted = new int[1];

  private int countedSecond;

  /** Keys last added before this second are forgotten; their slots are free to use. */
  private int oldest = 1;

  private int newest = 1;

  IdentitySet(long horizonMillis, int limit) {
    this.horizonSeconds = Math.toIntExact(Math.floorDiv(horizonMillis + 999, 1000L));
    this.limit = limit;
  }

  /**
   * Adds a key, or renews it.
   *
   * @param second time of arrival as {@link EpochSeconds}
   * @return true if it was not known
   */
  boolean add(long high, long low, int second) {
    int now = Math.max(second, oldest);
    newest = Math.max(newest, now);
    int mask = seen.length - 1;
    int free = -1;
    int slot = near(high, low) & mask;
    for (int probes = 1; seen[slot] != 0; probes++) {
      int last = seen[slot];
      if (keys[2 * slot] == high && keys[2 * slot + 1] == low) {
        renew(slot, last, now);
        return last < oldest || last < now - horizonSeconds;
      }
      if (free < 0 && last < oldest) {
        free = slot;
      }
      slot = after(slot, probes, high, low) & mask;
    }
    insert(free, slot, high, low, now);
    return true;
  }

  /** Spread over a few slots, so that the spans of a trace need not ask past each other. */
  private static int near(long high, long low) {
    return (int) mix(high) + (int) (low >>> (Long.SIZE - 4));
  }

  /** Where to look after {@code probes} slots, the last of which was {@code slot}. */
  private static int after(int slot, int probes, long high, long low) {
    return probes == NEAR ? (int) hash(high, low) : slot + 1;
  }

  private void insert(int forgotten, int empty, long high, long low, int now) {
    int slot = forgotten >= 0 ? forgotten : empty;
    used += forgotten >= 0 ? 0 : 1;
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    seen[slot] = now;
    count(now);
    while (live > limit) {
      forget(perSecond.firstKey() + 1);
    }
    if (3L * used > 2L * seen.length) {
      rehash();
    }
  }

  private void renew(int slot, int last, int now) {
    if (last >= now) {
      return;
    }
    seen[slot] = now;
    if (last >= oldest) {
      discount(last);
    }
    count(now);
  }

  private void count(int second) {
    if (second != countedSecond) {
      counted = perSecond.computeIfAbsent(second, s -> new int[1]);
      countedSecond = second;
    }
    counted[0]++;
    live++;
  }

  private void discount(int second) {
    int[] count = perSecond.get(second);
    if (count != null) {
      count[0]--;
      live--;
    }
  }

  /** No key will be added any more with a time before {@code second}. */
  void advance(int second) {
    forget(second - horizonSeconds);
  }

  private void forget(int before) {
    oldest = Math.max(oldest, before);
    while (!perSecond.isEmpty() && perSecond.firstKey() < oldest) {
      live -= perSecond.pollFirstEntry().getValue()[0];
    }
    countedSecond = 0;
  }

  private void rehash() {
    int slots = MIN_SLOTS;
    while (slots < 2L * live) {
      slots *= 2;
    }
    long[] oldKeys = keys;
    int[] oldSeen = seen;
    keys = new long[2 * slots];
    seen = new int[slots];
    used = live;
    int mask = slots - 1;
    for (int i = 0; i < oldSeen.length; i++) {
      if (oldSeen[i] >= oldest) {
        long high = oldKeys[2 * i];
        long low = oldKeys[2 * i + 1];
        int slot = near(high, low) & mask;
        for (int probes = 1; seen[slot] != 0; probes++) {
          slot = after(slot, probes, high, low) & mask;
        }
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        seen[slot] = oldSeen[i];
      }
    }
  }

  /** Keys that are known. */
  int size() {
    return live;
  }

  /** What is known really: the horizon, or less while the limit of keys is reached. */
  int effectiveHorizonSeconds() {
    return Math.min(horizonSeconds, newest - oldest);
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
