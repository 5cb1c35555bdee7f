// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the spans of a {@link SpanIndex}, one row per slot. A row lies in one piece,
 * because whoever reads one of its columns reads most of them: 64 bytes, about one line of the
 * cache. Rows are kept in pages, so that growing copies none of them. Mutable, single-threaded.
 */
final class SpanRows {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE_ROWS - 1;
  private static final int ROW_BITS = 3;

  private static final int TRACE_LOW = 0;
  private static final int SPAN = 1;
  private static final int PARENT = 2;
  private static final int TRACE_HIGH = 3;

  /** Traits in the upper half, second of arrival in the lower. */
  private static final int TRAITS_AND_SEEN = 4;

  private static final int START = 5;
  private static final int DURATION = 6;

  /**
   * In the lower half the next row of the same trace, or {@link Slots#NONE}; above it whether some
   * row has this one as its parent, and above that the row of its own parent.
   */
  private static final int NEXT_AND_PARENT = 7;

  private static final long LOW_HALF = 0xffff_ffffL;
  private static final long HAS_CHILD = LOW_HALF + 1;
  private static final int PARENT_SHIFT = Integer.SIZE + 1;

  private long[][] pages = new long[0][];
  private Origin[] origins = new Origin[0];
  private @Nullable String[] packages = new String[0];

  /** Makes room for the slots before {@code capacity}. */
  void grow(int capacity) {
    int pageCount = (capacity + PAGE_MASK) >>> PAGE_BITS;
    int known = pages.length;
    pages = Arrays.copyOf(pages, Math.max(known, pageCount));
    for (int page = known; page < pageCount; page++) {
      pages[page] = new long[PAGE_ROWS << ROW_BITS];
    }
    origins = Arrays.copyOf(origins, capacity);
    packages = Arrays.copyOf(packages, capacity);
  }

  private long get(int slot, int column) {
    return pages[slot >>> PAGE_BITS][((slot & PAGE_MASK) << ROW_BITS) + column];
  }

  private void set(int slot, int column, long value) {
    pages[slot >>> PAGE_BITS][((slot & PAGE_MASK) << ROW_BITS) + column] = value;
  }

  /** Writes row {@code from} of a block into a slot; it is of no list of its trace yet. */
  void put(int slot, SpanColumns block, int from, Origin origin, @Nullable String goPackage) {
    long[] page = pages[slot >>> PAGE_BITS];
    int row = (slot & PAGE_MASK) << ROW_BITS;
    long duration = block.durationNanos(from);
    page[row + TRACE_LOW] = block.traceLow(from);
    page[row + SPAN] = block.spanId(from);
    page[row + PARENT] = block.parentId(from);
    page[row + TRACE_HIGH] = block.traceHigh(from);
    page[row + TRAITS_AND_SEEN] = (long) block.traits(from) << Integer.SIZE;
    page[row + START] = block.endEpochNanos(from) - duration;
    page[row + DURATION] = duration;
    page[row + NEXT_AND_PARENT] = (long) Slots.NONE << PARENT_SHIFT | (Slots.NONE & LOW_HALF);
    origins[slot] = origin;
    packages[slot] = goPackage;
  }

  /** Lets a slot be of no span. */
  void clear(int slot) {
    set(slot, TRACE_LOW, 0);
    set(slot, SPAN, 0);
    set(slot, TRACE_HIGH, 0);
    packages[slot] = null;
  }

  boolean is(int slot, long high, long low, long id) {
    long[] page = pages[slot >>> PAGE_BITS];
    int row = (slot & PAGE_MASK) << ROW_BITS;
    return page[row + SPAN] == id && page[row + TRACE_LOW] == low && page[row + TRACE_HIGH] == high;
  }

  /** Whether {@code child} names {@code parent} as its parent. */
  boolean isChild(int child, int parent) {
    return get(child, PARENT) == get(parent, SPAN)
        && get(child, TRACE_LOW) == get(parent, TRACE_LOW)
        && get(child, TRACE_HIGH) == get(parent, TRACE_HIGH);
  }

  long traceHigh(int slot) {
    return get(slot, TRACE_HIGH);
  }

  long traceLow(int slot) {
    return get(slot, TRACE_LOW);
  }

  long spanId(int slot) {
    return get(slot, SPAN);
  }

  /** 0: a root. */
  long parentId(int slot) {
    return get(slot, PARENT);
  }

  long startNanos(int slot) {
    return get(slot, START);
  }

  long durationNanos(int slot) {
    return get(slot, DURATION);
  }

  int traits(int slot) {
    return (int) (get(slot, TRAITS_AND_SEEN) >>> Integer.SIZE);
  }

  /** Time of arrival as {@link EpochSeconds}. */
  int seen(int slot) {
    return (int) get(slot, TRAITS_AND_SEEN);
  }

  void setSeen(int slot, int second) {
    long traits = get(slot, TRAITS_AND_SEEN) & ~LOW_HALF;
    set(slot, TRAITS_AND_SEEN, traits | second);
  }

  int next(int slot) {
    return (int) get(slot, NEXT_AND_PARENT);
  }

  void setNext(int slot, int next) {
    long parent = get(slot, NEXT_AND_PARENT) & ~LOW_HALF;
    set(slot, NEXT_AND_PARENT, parent | (next & LOW_HALF));
  }

  /**
   * What {@link #setParentSlot} said, or {@link Slots#NONE}. The row that it names may be another
   * span's by now.
   */
  int parentSlot(int slot) {
    return (int) (get(slot, NEXT_AND_PARENT) >> PARENT_SHIFT);
  }

  void setParentSlot(int slot, int parent) {
    long others = get(slot, NEXT_AND_PARENT) & ((1L << PARENT_SHIFT) - 1);
    set(slot, NEXT_AND_PARENT, (long) parent << PARENT_SHIFT | others);
  }

  /** False if no row has ever had this one as its parent. */
  boolean mayHaveChild(int slot) {
    return (get(slot, NEXT_AND_PARENT) & HAS_CHILD) != 0;
  }

  void setHasChild(int slot) {
    set(slot, NEXT_AND_PARENT, get(slot, NEXT_AND_PARENT) | HAS_CHILD);
  }

  Origin origin(int slot) {
    return origins[slot];
  }

  @Nullable String goPackage(int slot) {
    return packages[slot];
  }
}
