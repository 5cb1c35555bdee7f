// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SpanBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the last minutes, found by trace and span id and by trace and parent id: what the
 * relatives of a span are looked up in. A span has one slot in parallel columns, about 100 bytes.
 *
 * <p>At most {@code limit} spans are held; the one that was seen longest ago goes first. Mutable,
 * single-threaded.
 */
final class SpanIndex {
  /** No slot. */
  static final int NONE = Slots.NONE;

  private static final int MIN_CAPACITY = 1 << 10;

  private final int limit;
  private long[] traceHigh = new long[MIN_CAPACITY];
  private long[] traceLow = new long[MIN_CAPACITY];
  private long[] spanId = new long[MIN_CAPACITY];
  private long[] parentId = new long[MIN_CAPACITY];
  private long[] startNanos = new long[MIN_CAPACITY];
  private long[] durationNanos = new long[MIN_CAPACITY];
  private int[] traits = new int[MIN_CAPACITY];
  private int[] seen = new int[MIN_CAPACITY];
  private Origin[] origins = new Origin[MIN_CAPACITY];
  private @Nullable String[] packages = new String[MIN_CAPACITY];

  /** Chains of the slots whose (trace, span id), or (trace, parent id), have one hash. */
  private int[] spanHeads = heads(MIN_CAPACITY);

  private int[] spanNext = new int[MIN_CAPACITY];
  private int[] childHeads = heads(MIN_CAPACITY);
  private int[] childNext = new int[MIN_CAPACITY];
  private int[] childPrevious = new int[MIN_CAPACITY];

  private final Slots slots = new Slots(MIN_CAPACITY);

  SpanIndex(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    this.limit = limit;
  }

  private static int[] heads(int length) {
    int[] heads = new int[length];
    Arrays.fill(heads, NONE);
    return heads;
  }

  /**
   * Adds row {@code row} of a block, or renews it.
   *
   * @param goPackage null when the span itself does not say
   * @param second time of arrival as {@link EpochSeconds}
   * @return true if another span had to go before its time
   */
  boolean see(SpanBlock block, int row, Origin origin, @Nullable String goPackage, int second) {
    long high = block.getTraceIdHigh(row);
    long low = block.getTraceIdLow(row);
    long id = block.getSpanId(row);
    int known = find(high, low, id, 0);
    if (known != NONE) {
      seen[known] = Math.max(seen[known], second);
      slots.renew(known);
      return false;
    }
    return add(block, row, origin, goPackage, second);
  }

  /** As {@link #see}, of a span that is not here: looking for it would cost as much again. */
  boolean add(SpanBlock block, int row, Origin origin, @Nullable String goPackage, int second) {
    boolean full = slots.size() == limit;
    if (full) {
      remove(slots.oldest());
    } else if (slots.isFull()) {
      grow();
    }
    int slot = slots.take();
    traceHigh[slot] = block.getTraceIdHigh(row);
    traceLow[slot] = block.getTraceIdLow(row);
    spanId[slot] = block.getSpanId(row);
    parentId[slot] = block.getParentSpanId(row);
    durationNanos[slot] = block.getDurationNanos(row);
    startNanos[slot] = block.getEndEpochNanos(row) - block.getDurationNanos(row);
    traits[slot] = block.getTraits(row);
    seen[slot] = second;
    origins[slot] = origin;
    packages[slot] = goPackage;
    link(slot);
    return full;
  }

  private void link(int slot) {
    int head = bucket(traceLow[slot], spanId[slot]);
    spanNext[slot] = spanHeads[head];
    spanHeads[head] = slot;
    linkChild(slot);
  }

  private void linkChild(int slot) {
    if (parentId[slot] == 0) {
      return;
    }
    int head = bucket(traceLow[slot], parentId[slot]);
    int next = childHeads[head];
    childNext[slot] = next;
    childPrevious[slot] = NONE;
    if (next != NONE) {
      childPrevious[next] = slot;
    }
    childHeads[head] = slot;
  }

  private void remove(int slot) {
    int head = bucket(traceLow[slot], spanId[slot]);
    if (spanHeads[head] == slot) {
      spanHeads[head] = spanNext[slot];
    } else {
      int before = spanHeads[head];
      while (spanNext[before] != slot) {
        before = spanNext[before];
      }
      spanNext[before] = spanNext[slot];
    }
    unlinkChild(slot);
    packages[slot] = null;
    slots.release(slot);
  }

  private void unlinkChild(int slot) {
    if (parentId[slot] == 0) {
      return;
    }
    int before = childPrevious[slot];
    int after = childNext[slot];
    if (before == NONE) {
      childHeads[bucket(traceLow[slot], parentId[slot])] = after;
    } else {
      childNext[before] = after;
    }
    if (after != NONE) {
      childPrevious[after] = before;
    }
  }

  /** Forgets what was last seen before {@code second}, as far as nothing younger is in the way. */
  void forgetBefore(int second) {
    while (slots.oldest() != NONE && seen[slots.oldest()] < second) {
      remove(slots.oldest());
    }
  }

  private int bucket(long low, long id) {
    return (int) IdentitySet.mix(low ^ Long.rotateLeft(id, 29)) & (spanHeads.length - 1);
  }

  private void grow() {
    int capacity = seen.length;
    int grown = (int) Math.min(limit, 2L * capacity);
    int length = Math.max(grown, capacity + 1);
    traceHigh = Arrays.copyOf(traceHigh, length);
    traceLow = Arrays.copyOf(traceLow, length);
    spanId = Arrays.copyOf(spanId, length);
    parentId = Arrays.copyOf(parentId, length);
    startNanos = Arrays.copyOf(startNanos, length);
    durationNanos = Arrays.copyOf(durationNanos, length);
    traits = Arrays.copyOf(traits, length);
    seen = Arrays.copyOf(seen, length);
    origins = Arrays.copyOf(origins, length);
    packages = Arrays.copyOf(packages, length);
    spanNext = Arrays.copyOf(spanNext, length);
    childNext = Arrays.copyOf(childNext, length);
    childPrevious = Arrays.copyOf(childPrevious, length);
    slots.grow(length);
    rebuildChains(Integer.highestOneBit(length - 1) << 1);
  }

  private void rebuildChains(int length) {
    spanHeads = heads(length);
    childHeads = heads(length);
    for (int slot = slots.oldest(); slot != NONE; slot = slots.younger(slot)) {
      int head = bucket(traceLow[slot], spanId[slot]);
      spanNext[slot] = spanHeads[head];
      spanHeads[head] = slot;
      linkChild(slot);
    }
  }

  /** Slot of a span that was seen at {@code fromSecond} or later, or {@link #NONE}. */
  int find(long high, long low, long id, int fromSecond) {
    int slot = spanHeads[bucket(low, id)];
    while (slot != NONE
        && (spanId[slot] != id || traceLow[slot] != low || traceHigh[slot] != high)) {
      slot = spanNext[slot];
    }
    return slot != NONE && seen[slot] >= fromSecond ? slot : NONE;
  }

  /** As {@link #find}, by the low half of the trace id alone: some logs know no more. */
  int findByLow(long low, long id, int fromSecond) {
    int slot = spanHeads[bucket(low, id)];
    while (slot != NONE
        && (spanId[slot] != id || traceLow[slot] != low || seen[slot] < fromSecond)) {
      slot = spanNext[slot];
    }
    return slot;
  }

  /** The parent of the span in {@code slot}, or {@link #NONE}. */
  int parent(int slot, int fromSecond) {
    long parent = parentId[slot];
    return parent == 0 ? NONE : find(traceHigh[slot], traceLow[slot], parent, fromSecond);
  }

  /** Some child of the span in {@code slot}, or {@link #NONE}. */
  int firstChild(int slot, int fromSecond) {
    return childOf(slot, childHeads[bucket(traceLow[slot], spanId[slot])], fromSecond);
  }

  /** The child of {@code parent} after {@code child}, or {@link #NONE}. */
  int nextChild(int parent, int child, int fromSecond) {
    return childOf(parent, childNext[child], fromSecond);
  }

  private int childOf(int parent, int from, int fromSecond) {
    int slot = from;
    while (slot != NONE
        && (parentId[slot] != spanId[parent]
            || traceLow[slot] != traceLow[parent]
            || traceHigh[slot] != traceHigh[parent]
            || seen[slot] < fromSecond)) {
      slot = childNext[slot];
    }
    return slot;
  }

  boolean sameProcess(int one, int other) {
    // Origins are canonical, so the strings are one object nearly always.
    return origins[one].getProcess().equals(origins[other].getProcess());
  }

  Origin origin(int slot) {
    return origins[slot];
  }

  /** Null when the span itself does not say, or has no more than its exception's hint. */
  @Nullable String goPackage(int slot) {
    return isHint(traits[slot]) ? null : packages[slot];
  }

  /** What the span itself says, firm or a hint; null when it says nothing. */
  @Nullable String spokenPackage(int slot) {
    return packages[slot];
  }

  /**
   * True if a package is no more than a hint: the type of an exception says where the error was
   * made, and the nearest resolved span goes before it (reference: go-telemetry.md 4.2).
   */
  static boolean isHint(int traits) {
    return SpanTraits.source(traits) == AttributionSource.EXCEPTION;
  }

  int traits(int slot) {
    return traits[slot];
  }

  long spanId(int slot) {
    return spanId[slot];
  }

  long startNanos(int slot) {
    return startNanos[slot];
  }

  long durationNanos(int slot) {
    return durationNanos[slot];
  }

  int size() {
    return slots.size();
  }
}
