// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the last minutes, found by trace and span id and by trace and parent id: what the
 * relatives of a span are looked up in. A span takes about 100 bytes.
 *
 * <p>The spans of a trace arrive together, so they lie side by side in a list per trace. Who joins
 * it is told its relatives, while all of them are at hand: minutes later nothing but the span's own
 * row, and its parent's, has to be looked at. Where the list would be long, {@link SpanChains} take
 * over.
 *
 * <p>At most {@code limit} spans are held; the one that was seen longest ago goes first. Mutable,
 * single-threaded.
 */
final class SpanIndex {
  /** No slot. */
  static final int NONE = Slots.NONE;

  /** A trace with more spans than that is a large one until all of them are forgotten. */
  static final int MAX_LISTED = 64;

  private static final int MIN_CAPACITY = 1 << 10;

  /** In place of its parent's slot, of a span that the {@link SpanChains} know. */
  private static final int CHAINED = Slots.NONE - 1;

  private final int limit;
  private final Slots slots = new Slots(MIN_CAPACITY);
  private final SpanRows rows = new SpanRows();
  private final TraceTable traces = new TraceTable();
  private final SpanChains chains = new SpanChains(rows);
  private int capacity = MIN_CAPACITY;
  private long forgottenEarly;

  SpanIndex(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    this.limit = limit;
    rows.grow(capacity);
  }

  /**
   * Adds row {@code row} of a block, or renews it.
   *
   * @param goPackage null when the span itself does not say
   * @param second time of arrival as {@link EpochSeconds}
   * @return its slot
   */
  int see(SpanColumns block, int row, Origin origin, @Nullable String goPackage, int second) {
    int known = find(block.traceHigh(row), block.traceLow(row), block.spanId(row), 0);
    if (known == NONE) {
      return add(block, row, origin, goPackage, second);
    }
    rows.setSeen(known, Math.max(rows.seen(known), second));
    slots.renew(known);
    return known;
  }

  /** As {@link #see}, of a span that is not here: looking for it would cost as much again. */
  int add(SpanColumns block, int row, Origin origin, @Nullable String goPackage, int second) {
    if (slots.size() == limit) {
      remove(slots.oldest());
      forgottenEarly++;
    } else if (slots.isFull()) {
      grow();
    }
    int slot = slots.take();
    rows.put(slot, block, row, origin, goPackage);
    rows.setSeen(slot, second);
    link(slot);
    return slot;
  }

  private void grow() {
    int grown = (int) Math.min(limit, 2L * capacity);
    capacity = Math.max(grown, capacity + 1);
    rows.grow(capacity);
    slots.grow(capacity);
  }

  private void link(int slot) {
    long low = rows.traceLow(slot);
    int trace = traces.find(low);
    if (trace == TraceTable.NONE) {
      traces.set(traces.add(low), slot, 1);
      relateToItself(slot);
      return;
    }
    int head = traces.head(trace);
    int count = traces.count(trace) + 1;
    if (head != NONE && count <= MAX_LISTED) {
      append(head, slot);
    } else {
      for (int listed = head; listed != NONE; listed = rows.next(listed)) {
        chain(listed);
      }
      chain(slot);
      head = NONE;
    }
    traces.set(trace, head, count);
  }

  private void chain(int slot) {
    chains.link(slot, capacity);
    rows.setParentSlot(slot, CHAINED);
  }

  /** Puts a span behind the others of its trace, so that the oldest stands first. */
  private void append(int head, int slot) {
    relateToItself(slot);
    long id = rows.spanId(slot);
    long parent = rows.parentId(slot);
    int last = NONE;
    for (int listed = head; listed != NONE; listed = rows.next(listed)) {
      if (rows.spanId(listed) == parent) {
        relate(slot, listed);
      }
      if (rows.parentId(listed) == id) {
        relate(listed, slot);
      }
      last = listed;
    }
    rows.setNext(last, slot);
  }

  /** A span may name itself as its parent. */
  private void relateToItself(int slot) {
    if (rows.parentId(slot) == rows.spanId(slot)) {
      relate(slot, slot);
    }
  }

  private void relate(int child, int parent) {
    // Traces that share the low half of their ids share a list.
    if (rows.traceHigh(child) == rows.traceHigh(parent)) {
      rows.setParentSlot(child, parent);
      rows.setHasChild(parent);
    }
  }

  private void remove(int slot) {
    int trace = traces.find(rows.traceLow(slot));
    int head = traces.head(trace);
    if (head == NONE) {
      chains.unlink(slot);
    } else if (head == slot) {
      head = rows.next(slot);
    } else {
      int before = head;
      while (rows.next(before) != slot) {
        before = rows.next(before);
      }
      rows.setNext(before, rows.next(slot));
    }
    int count = traces.count(trace) - 1;
    if (count == 0) {
      traces.remove(trace);
    } else {
      traces.set(trace, head, count);
    }
    rows.clear(slot);
    slots.release(slot);
  }

  /** Forgets what was last seen before {@code second}, as far as nothing younger is in the way. */
  void forgetBefore(int second) {
    while (slots.oldest() != NONE && rows.seen(slots.oldest()) < second) {
      remove(slots.oldest());
    }
  }

  /** How many spans had to go before their time since this was last asked. */
  long takeForgottenEarly() {
    long count = forgottenEarly;
    forgottenEarly = 0;
    return count;
  }

  /**
   * Slot of a span that was seen at {@code fromSecond} or later, or {@link #NONE}. A span that came
   * again after its identity was forgotten may be here twice: then it is the later one.
   */
  int find(long high, long low, long id, int fromSecond) {
    int trace = traces.find(low);
    if (trace == TraceTable.NONE) {
      return NONE;
    }
    int found = NONE;
    int head = traces.head(trace);
    if (head == NONE) {
      found = chains.first(low, id);
      while (found != NONE && !rows.is(found, high, low, id)) {
        found = chains.next(found);
      }
    }
    for (int slot = head; slot != NONE; slot = rows.next(slot)) {
      found = rows.is(slot, high, low, id) ? slot : found;
    }
    return found != NONE && rows.seen(found) >= fromSecond ? found : NONE;
  }

  /** As {@link #find} with any time, of a span that was put into {@code slot} once. */
  int findAgain(int slot, long high, long low, long id) {
    return rows.is(slot, high, low, id) ? slot : find(high, low, id, 0);
  }

  /** As {@link #find}, by the low half of the trace id alone: some logs know no more. */
  int findByLow(long low, long id, int fromSecond) {
    int trace = traces.find(low);
    if (trace == TraceTable.NONE) {
      return NONE;
    }
    int found = NONE;
    int head = traces.head(trace);
    if (head == NONE) {
      found = chains.first(low, id);
      while (found != NONE && !isRecent(found, low, id, fromSecond)) {
        found = chains.next(found);
      }
    }
    for (int slot = head; slot != NONE; slot = rows.next(slot)) {
      found = isRecent(slot, low, id, fromSecond) ? slot : found;
    }
    return found;
  }

  private boolean isRecent(int slot, long low, long id, int fromSecond) {
    return rows.spanId(slot) == id && rows.traceLow(slot) == low && rows.seen(slot) >= fromSecond;
  }

  /** The parent of the span in {@code slot}, or {@link #NONE}. */
  int parent(int slot, int fromSecond) {
    long id = rows.parentId(slot);
    if (id == 0) {
      return NONE;
    }
    int parent = rows.parentSlot(slot);
    if (parent == CHAINED) {
      return find(rows.traceHigh(slot), rows.traceLow(slot), id, fromSecond);
    }
    boolean isThere = parent != NONE && rows.isChild(slot, parent);
    return isThere && rows.seen(parent) >= fromSecond ? parent : NONE;
  }

  /** Some child of the span in {@code slot}, or {@link #NONE}. */
  int firstChild(int slot, int fromSecond) {
    long low = rows.traceLow(slot);
    if (rows.parentSlot(slot) == CHAINED) {
      return chainedChild(slot, chains.firstChild(low, rows.spanId(slot)), fromSecond);
    }
    return rows.mayHaveChild(slot)
        ? listedChild(slot, traces.head(traces.find(low)), fromSecond)
        : NONE;
  }

  /** The child of {@code parent} after {@code child}, or {@link #NONE}. */
  int nextChild(int parent, int child, int fromSecond) {
    return rows.parentSlot(parent) == CHAINED
        ? chainedChild(parent, chains.nextChild(child), fromSecond)
        : listedChild(parent, rows.next(child), fromSecond);
  }

  private int listedChild(int parent, int from, int fromSecond) {
    int slot = from;
    while (slot != NONE && (!rows.isChild(slot, parent) || rows.seen(slot) < fromSecond)) {
      slot = rows.next(slot);
    }
    return slot;
  }

  private int chainedChild(int parent, int from, int fromSecond) {
    int slot = from;
    while (slot != NONE && (!rows.isChild(slot, parent) || rows.seen(slot) < fromSecond)) {
      slot = chains.nextChild(slot);
    }
    return slot;
  }

  /** Whether some span may name that of {@code slot} as its parent; a span may have no such. */
  boolean mayHaveChild(int slot) {
    return rows.parentSlot(slot) == CHAINED || rows.mayHaveChild(slot);
  }

  /**
   * Writes down the spans of the trace of {@code slot} that were seen at {@code fromSecond} or
   * later, in the order in which {@link #firstChild} and {@link #nextChild} look through them.
   *
   * @return false for a large trace, of which nothing is written
   */
  boolean list(int slot, int fromSecond, ListedSpans listed) {
    listed.clear();
    if (rows.parentSlot(slot) == CHAINED) {
      return false;
    }
    int other = traces.head(traces.find(rows.traceLow(slot)));
    for (; other != NONE; other = rows.next(other)) {
      if (rows.seen(other) >= fromSecond) {
        listed.add(other, rows);
      }
    }
    return true;
  }

  long traceLow(int slot) {
    return rows.traceLow(slot);
  }

  long traceHigh(int slot) {
    return rows.traceHigh(slot);
  }

  boolean sameProcess(int one, int other) {
    // Origins are canonical, so the strings are one object nearly always.
    return rows.origin(one).getProcess().equals(rows.origin(other).getProcess());
  }

  Origin origin(int slot) {
    return rows.origin(slot);
  }

  /** Null when the span itself does not say, or has no more than its exception's hint. */
  @Nullable String goPackage(int slot) {
    return isHint(rows.traits(slot)) ? null : rows.goPackage(slot);
  }

  /** What the span itself says, firm or a hint; null when it says nothing. */
  @Nullable String spokenPackage(int slot) {
    return rows.goPackage(slot);
  }

  /**
   * True if a package is no more than a hint: the type of an exception says where the error was
   * made, and the nearest resolved span goes before it (reference: go-telemetry.md 4.2).
   */
  static boolean isHint(int traits) {
    return SpanTraits.source(traits) == AttributionSource.EXCEPTION;
  }

  int traits(int slot) {
    return rows.traits(slot);
  }

  long spanId(int slot) {
    return rows.spanId(slot);
  }

  long startNanos(int slot) {
    return rows.startNanos(slot);
  }

  long durationNanos(int slot) {
    return rows.durationNanos(slot);
  }

  int size() {
    return slots.size();
  }
}
