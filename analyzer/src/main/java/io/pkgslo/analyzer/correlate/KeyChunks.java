// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Arrays;

/**
 * Lists of keys that were last added in one second each: chunks of up to three keys, half a line of
 * the cache, which lie in the order in which they were made. Chunks are kept in pages, so that
 * growing copies none of them. Mutable, single-threaded.
 */
final class KeyChunks {
  /** No chunk. */
  static final int NONE = 0;

  private static final int KEYS = 3;
  private static final int PAGE_BITS = 12;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final int CHUNK_BITS = 2;
  private static final int PAGE_LONGS = 1 << (PAGE_BITS + CHUNK_BITS);

  /** From below: second of arrival, number of keys, next chunk. A free chunk has no keys. */
  private static final int COUNT_SHIFT = 31;

  private static final int NEXT_SHIFT = 33;
  private static final long SECOND_MASK = (1L << COUNT_SHIFT) - 1;
  private static final long BELOW_NEXT = (1L << NEXT_SHIFT) - 1;
  private static final long ONE_KEY = 1L << COUNT_SHIFT;

  private long[][] pages = {new long[PAGE_LONGS]};

  /** The lowest chunk that was never used; 0 never is. */
  private int unused = 1;

  private int free = NONE;

  private long[] page(int chunk) {
    return pages[chunk >>> PAGE_BITS];
  }

  private static int header(int chunk) {
    return (chunk & PAGE_MASK) << CHUNK_BITS;
  }

  private long head(int chunk) {
    return page(chunk)[header(chunk)];
  }

  /** True if {@link #add} will take a chunk that nobody used before. */
  boolean isFull() {
    return free == NONE;
  }

  /** A new chunk of one key. */
  int add(long key, int second, int next) {
    int chunk = free;
    if (chunk == NONE) {
      chunk = unused++;
      if (chunk >>> PAGE_BITS == pages.length) {
        pages = Arrays.copyOf(pages, pages.length + 1);
        pages[pages.length - 1] = new long[PAGE_LONGS];
      }
    } else {
      free = next(chunk);
    }
    begin(chunk, key, second, next);
    return chunk;
  }

  /** Lets a chunk have one key alone. */
  void begin(int chunk, long key, int second, int next) {
    long[] page = page(chunk);
    int header = header(chunk);
    page[header] = (long) next << NEXT_SHIFT | ONE_KEY | second;
    page[header + 1] = key;
  }

  /** Puts a key into a chunk that is not full. */
  void append(int chunk, long key) {
    long[] page = page(chunk);
    int header = header(chunk);
    page[header] += ONE_KEY;
    page[header + count(page[header])] = key;
  }

  /** Takes a key out of a chunk that has others. */
  void remove(int chunk, int place) {
    long[] page = page(chunk);
    int header = header(chunk);
    page[header + place] = page[header + count(page[header])];
    page[header] -= ONE_KEY;
  }

  /** Where in a chunk a key stands, or 0. */
  int find(int chunk, long key) {
    long[] page = page(chunk);
    int header = header(chunk);
    for (int place = count(page[header]); place > 0; place--) {
      if (page[header + place] == key) {
        return place;
      }
    }
    return 0;
  }

  /** The key at a place of a chunk, which is from 1 on. */
  long key(int chunk, int place) {
    return page(chunk)[header(chunk) + place];
  }

  boolean hasRoom(int chunk) {
    return count(head(chunk)) < KEYS;
  }

  boolean hasOneKey(int chunk) {
    return count(head(chunk)) == 1;
  }

  private static int count(long head) {
    return (int) (head >>> COUNT_SHIFT) & KEYS;
  }

  int second(int chunk) {
    return (int) (head(chunk) & SECOND_MASK);
  }

  void setSecond(int chunk, int second) {
    page(chunk)[header(chunk)] = (head(chunk) & ~SECOND_MASK) | second;
  }

  int next(int chunk) {
    return (int) (head(chunk) >>> NEXT_SHIFT);
  }

  void setNext(int chunk, int next) {
    page(chunk)[header(chunk)] = (head(chunk) & BELOW_NEXT) | (long) next << NEXT_SHIFT;
  }

  /** Lets a chunk be of no use; {@link #collect} makes it free. */
  void drop(int chunk) {
    page(chunk)[header(chunk)] = 0;
  }

  /** Frees what was dropped, in the order in which it lies: who takes it writes line by line. */
  void collect() {
    free = NONE;
    for (int chunk = unused - 1; chunk > 0; chunk--) {
      if (count(head(chunk)) == 0) {
        page(chunk)[header(chunk)] = (long) free << NEXT_SHIFT;
        free = chunk;
      }
    }
  }
}
