// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * The identities of the spans of the last minutes, as {@link IdentitySet} knows them, in a list per
 * trace. Spans of a trace come together: the first of them finds the trace, which is one line of
 * memory at random, and the others lie behind each other. In an {@link IdentitySet} they would lie
 * on half a dozen lines, and move whenever it grows.
 *
 * <p>A span costs 11 bytes and its share of its trace's 24 to 48. Where the list would be long,
 * further spans are traces of their own. Mutable, single-threaded.
 */
final class TraceIdentities {
  /** Chunks of a trace that are looked through; about three times as many keys. */
  static final int MAX_CHUNKS = 32;

  private static final int MIN_ENTRIES = 1 << 10;
  private static final int NONE = KeyChunks.NONE;

  private final KeyAges ages;
  private final KeyChunks chunks = new KeyChunks();

  /**
   * Pairs of the low half of a trace id and of what is known of the trace: its first chunk below,
   * above it the second in which a span was last added that is a trace of its own. 0 is free.
   */
  private long[] pairs = new long[2 * MIN_ENTRIES];

  private int mask = MIN_ENTRIES - 1;
  private int used;

  /** The entry that was found last: nearly always the next one too. */
  private int last;

  TraceIdentities(long horizonMillis, int limit) {
    ages = new KeyAges(horizonMillis, limit);
  }

  /**
   * Adds a span, or renews it.
   *
   * @param trace low half of the trace id
   * @param span all else of its identity
   * @param second time of arrival as {@link EpochSeconds}
   * @return true if it was not known
   */
  boolean add(long trace, long span, int second) {
    return add(trace, span, ages.arrival(second), false);
  }

  /**
   * Adds a span to a list.
   *
   * @param alone whether it is a trace of its own: then its list takes it, however long it is
   */
  private boolean add(long trace, long span, int now, boolean alone) {
    int entry = entryOf(trace);
    int room = NONE;
    int length = 0;
    for (int chunk = head(entry); chunk != NONE; chunk = chunks.next(chunk)) {
      int place = chunks.find(chunk, span);
      if (place != 0) {
        return renew(entry, chunk, place, now);
      }
      if (room == NONE && isRoom(chunk, now)) {
        room = chunk;
      }
      length++;
    }
    if (!alone && (isLarge(entry) || (room == NONE && length >= MAX_CHUNKS))) {
      setLarge(entry, now);
      return add(IdentitySet.hash(trace, span), span, now, true);
    }
    put(entry, room, span, now);
    ages.add(now);
    return true;
  }

  private boolean isRoom(int chunk, int now) {
    int second = chunks.second(chunk);
    return ages.isForgotten(second) || (second == now && chunks.hasRoom(chunk));
  }

  private void put(int entry, int room, long span, int now) {
    if (room == NONE) {
      setHead(entry, chunks.add(span, now, head(entry)));
    } else if (ages.isForgotten(chunks.second(room))) {
      chunks.begin(room, span, now, chunks.next(room));
    } else {
      chunks.append(room, span);
    }
  }

  private boolean renew(int entry, int chunk, int place, int now) {
    int before = chunks.second(chunk);
    boolean isNew = !ages.isKnown(before, now);
    if (before < now) {
      long span = chunks.key(chunk, place);
      if (chunks.hasOneKey(chunk)) {
        chunks.setSecond(chunk, now);
      } else {
        chunks.remove(chunk, place);
        put(entry, roomFor(entry, now), span, now);
      }
      ages.renew(before, now);
    }
    return isNew;
  }

  private int roomFor(int entry, int now) {
    int chunk = head(entry);
    while (chunk != NONE && !isRoom(chunk, now)) {
      chunk = chunks.next(chunk);
    }
    return chunk;
  }

  /** The entry of a trace; a new one is free still, and to be given a chunk at once. */
  private int entryOf(long trace) {
    if (pairs[2 * last] == trace && pairs[2 * last + 1] != 0) {
      return last;
    }
    if (3L * (used + 1) > 2L * (mask + 1) || (chunks.isFull() && mayCollect())) {
      makeRoom();
    }
    last = find(trace);
    if (pairs[2 * last + 1] == 0) {
      pairs[2 * last] = trace;
      used++;
    }
    return last;
  }

  /** The entry of a trace, or the one that it may have. */
  private int find(long trace) {
    int entry = (int) IdentitySet.mix(trace) & mask;
    while (pairs[2 * entry + 1] != 0 && pairs[2 * entry] != trace) {
      entry = (entry + 1) & mask;
    }
    return entry;
  }

  private int head(int entry) {
    return (int) pairs[2 * entry + 1];
  }

  private void setHead(int entry, int chunk) {
    pairs[2 * entry + 1] = pairs[2 * entry + 1] >>> Integer.SIZE << Integer.SIZE | chunk;
  }

  private int largeSecond(int entry) {
    return (int) (pairs[2 * entry + 1] >>> Integer.SIZE);
  }

  /** Whether some span of a trace may be known that is not in its list. */
  private boolean isLarge(int entry) {
    return !ages.isForgotten(largeSecond(entry));
  }

  private void setLarge(int entry, int now) {
    long second = Math.max(largeSecond(entry), now);
    pairs[2 * entry + 1] = second << Integer.SIZE | head(entry);
  }

  /** Looking through all lists pays when a third of what they hold is forgotten. */
  private boolean mayCollect() {
    return 2 * ages.forgotten() > ages.live() && ages.forgotten() > MIN_ENTRIES;
  }

  private void makeRoom() {
    if (mayCollect()) {
      collect();
    }
    int entries = MIN_ENTRIES;
    while (entries < 2L * (used + 1)) {
      entries *= 2;
    }
    long[] before = pairs;
    pairs = new long[2 * entries];
    mask = entries - 1;
    last = 0;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i + 1] != 0) {
        int entry = find(before[i]);
        pairs[2 * entry] = before[i];
        pairs[2 * entry + 1] = before[i + 1];
      }
    }
  }

  /** Drops what is forgotten, and the entries of traces of which nothing is left. */
  private void collect() {
    used = 0;
    for (int entry = 0; entry <= mask; entry++) {
      int kept = NONE;
      int next;
      for (int chunk = head(entry); chunk != NONE; chunk = next) {
        next = chunks.next(chunk);
        if (ages.isForgotten(chunks.second(chunk))) {
          chunks.drop(chunk);
        } else {
          chunks.setNext(chunk, kept);
          kept = chunk;
        }
      }
      setHead(entry, kept);
      if (kept == NONE && !isLarge(entry)) {
        pairs[2 * entry + 1] = 0;
      } else {
        used++;
      }
    }
    chunks.collect();
    ages.clearForgotten();
  }

  /** No span will be added any more with a time before {@code second}. */
  void advance(int second) {
    ages.advance(second);
  }

  /** Spans that are known. */
  int size() {
    return ages.live();
  }

  /** What is known really: the horizon, or less while the limit of identities is reached. */
  int effectiveHorizonSeconds() {
    return ages.effectiveHorizonSeconds();
  }
}
