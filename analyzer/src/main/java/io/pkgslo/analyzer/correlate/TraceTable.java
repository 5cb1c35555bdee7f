// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * For the low half of each trace id, how many spans there are and where the list of them begins.
 * Open addressing with linear probing; an entry is 16 bytes. Entries move when others are removed:
 * what {@link #find} returned holds until the next change. Mutable, single-threaded.
 */
final class TraceTable {
  /** No entry. */
  static final int NONE = -1;

  private static final int MIN_ENTRIES = 1 << 10;

  /** Pairs of a key and of its value: the list's first slot above, the number of spans below. */
  private long[] pairs = new long[2 * MIN_ENTRIES];

  private int mask = MIN_ENTRIES - 1;
  private int used;

  /**
   * The entry that was found or added last, if it is still here: spans of a trace come together.
   */
  private int last;

  /** The entry of a trace, or {@link #NONE}. */
  int find(long traceLow) {
    if (pairs[2 * last] == traceLow && count(last) != 0) {
      return last;
    }
    int entry = home(traceLow);
    while (count(entry) != 0) {
      if (pairs[2 * entry] == traceLow) {
        last = entry;
        return entry;
      }
      entry = (entry + 1) & mask;
    }
    return NONE;
  }

  /** The entry of a trace that has none: without spans, and so to be given one at once. */
  int add(long traceLow) {
    if (2 * (used + 1) > mask) {
      grow();
    }
    int entry = home(traceLow);
    while (count(entry) != 0) {
      entry = (entry + 1) & mask;
    }
    pairs[2 * entry] = traceLow;
    last = entry;
    used++;
    return entry;
  }

  int count(int entry) {
    return (int) pairs[2 * entry + 1];
  }

  /** First slot of the list of spans. */
  int head(int entry) {
    return (int) (pairs[2 * entry + 1] >>> Integer.SIZE);
  }

  /**
   * @param count at least 1
   */
  void set(int entry, int head, int count) {
    pairs[2 * entry + 1] = (long) head << Integer.SIZE | count;
  }

  /** Removes an entry; those behind it move up. */
  void remove(int entry) {
    used--;
    int gap = entry;
    int next = (gap + 1) & mask;
    while (count(next) != 0) {
      int home = home(pairs[2 * next]);
      // An entry may fill the gap if the gap is no farther from its home than it is itself.
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        pairs[2 * gap] = pairs[2 * next];
        pairs[2 * gap + 1] = pairs[2 * next + 1];
        gap = next;
      }
      next = (next + 1) & mask;
    }
    pairs[2 * gap + 1] = 0;
  }

  private void grow() {
    long[] old = pairs;
    pairs = new long[2 * old.length];
    mask = 2 * mask + 1;
    for (int i = 0; i < old.length; i += 2) {
      if ((int) old[i + 1] != 0) {
        int entry = home(old[i]);
        while (count(entry) != 0) {
          entry = (entry + 1) & mask;
        }
        pairs[2 * entry] = old[i];
        pairs[2 * entry + 1] = old[i + 1];
      }
    }
  }

  private int home(long traceLow) {
    return (int) IdentitySet.mix(traceLow) & mask;
  }
}
