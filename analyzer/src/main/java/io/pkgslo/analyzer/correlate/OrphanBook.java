// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a span that has not come. A span is exported when it ends, so the parent of a
 * stream or job may come hours after its children: an item is an orphan when the horizon of
 * relatives has passed since it arrived, and is taken back when the span comes within {@value
 * #REVISION_MILLIS} ms after all. Mutable, single-threaded.
 */
final class OrphanBook {
  /** A span that takes longer than this revises nothing. */
  static final long REVISION_MILLIS = 2 * 3_600_000L;

  private static final int LIMIT = 100_000;

  /** Calls are one entry each: a service that propagates nothing must leave room for the others. */
  private static final int CALL_LIMIT = LIMIT / 2;

  private record Missing(long traceLow, long spanId) {}

  private final TraceSink sink;
  private final long horizonMillis;
  private final BiPredicate<String, Long> livesSince;
  private final Map<Missing, List<Orphan>> byMissing = new HashMap<>();
  private final DeadlineQueue<Orphan.Key> deadlines = new DeadlineQueue<>();
  private int size;
  private int calls;

  /**
   * @param livesSince whether a process was heard of after a time
   */
  OrphanBook(TraceSink sink, long horizonMillis, BiPredicate<String, Long> livesSince) {
    this.sink = sink;
    this.horizonMillis = horizonMillis;
    this.livesSince = livesSince;
  }

  /** Replaces everything that is known, after a replay that could not see far enough back. */
  void replaceBy(Collection<Orphan> orphans) {
    byMissing.clear();
    size = 0;
    calls = 0;
    deadlines.clear();
    for (Orphan orphan : orphans) {
      byMissing.computeIfAbsent(missing(orphan.what()), m -> new ArrayList<>(1)).add(orphan);
      size++;
      calls += orphan.isCall() ? 1 : 0;
      await(orphan);
    }
  }

  /** Notes one more item that names a span which is not here. */
  void add(Orphan.Key what, String process, long arrivedMillis) {
    List<Orphan> ofSpan = byMissing.computeIfAbsent(missing(what), m -> new ArrayList<>(1));
    for (int i = 0; i < ofSpan.size(); i++) {
      Orphan known = ofSpan.get(i);
      if (known.what().equals(what)) {
        Orphan more = known.withOneMore(arrivedMillis);
        ofSpan.set(i, more);
        // One that only was counted waits for its end, which is too late for this item.
        if (known.open() == 0) {
          await(more);
        }
        sink.orphanKept(more);
        return;
      }
    }
    boolean isCall = what.item().detail() == Orphan.CALL;
    if (size >= LIMIT || (isCall && calls >= CALL_LIMIT)) {
      if (ofSpan.isEmpty()) {
        byMissing.remove(missing(what));
      }
      sink.dropped(CorrelateDrop.ORPHANS_EXCEEDED, 1);
      return;
    }
    Orphan orphan = new Orphan(what, process, 1, 0, arrivedMillis);
    ofSpan.add(orphan);
    size++;
    calls += isCall ? 1 : 0;
    await(orphan);
    sink.orphanKept(orphan);
  }

  /** A span came: nobody waits for it any more. */
  void came(long traceHigh, long traceLow, long spanId) {
    if (size > calls) {
      came(traceHigh, traceLow, spanId, false);
    }
  }

  /** A span came that answers the call of its parent. */
  void calleeCame(long traceHigh, long traceLow, long parentSpanId) {
    if (calls > 0) {
      came(traceHigh, traceLow, parentSpanId, true);
    }
  }

  private void came(long traceHigh, long traceLow, long spanId, boolean answersCall) {
    Missing missing = new Missing(traceLow, spanId);
    List<Orphan> ofSpan = byMissing.get(missing);
    if (ofSpan == null) {
      return;
    }
    for (Orphan orphan : List.copyOf(ofSpan)) {
      long high = orphan.what().traceHigh();
      if (orphan.isCall() == answersCall && (high == traceHigh || high == 0)) {
        if (orphan.counted() > 0) {
          sink.orphanFound(orphan, orphan.counted());
        }
        forget(orphan);
      }
    }
  }

  /** Counts those whose time has come, and forgets those whose span will never come. */
  void advance(long nowMillis) {
    Orphan.Key due = deadlines.pollDue(nowMillis);
    while (due != null) {
      Orphan orphan = find(due);
      if (orphan != null) {
        settle(orphan, nowMillis);
      }
      due = deadlines.pollDue(nowMillis);
    }
  }

  private void settle(Orphan orphan, long nowMillis) {
    if (deadline(orphan) > nowMillis) {
      // A later item moved it on.
      await(orphan);
    } else if (orphan.open() == 0) {
      forget(orphan);
    } else if (orphan.isSpan() && !livesSince.test(orphan.process(), orphan.latestMillis())) {
      // The process ended, and the spans that it had not sent ended with it.
      forget(orphan);
    } else {
      sink.orphaned(orphan, orphan.open());
      Orphan counted = orphan.asCounted();
      List<Orphan> ofSpan = byMissing.getOrDefault(missing(orphan.what()), List.of());
      ofSpan.set(ofSpan.indexOf(orphan), counted);
      await(counted);
      sink.orphanKept(counted);
    }
  }

  private void await(Orphan orphan) {
    deadlines.add(deadline(orphan), orphan.what());
  }

  private long deadline(Orphan orphan) {
    return orphan.latestMillis() + (orphan.open() > 0 ? horizonMillis : REVISION_MILLIS);
  }

  private @Nullable Orphan find(Orphan.Key what) {
    for (Orphan orphan : byMissing.getOrDefault(missing(what), List.of())) {
      if (orphan.what().equals(what)) {
        return orphan;
      }
    }
    return null;
  }

  private void forget(Orphan orphan) {
    Missing missing = missing(orphan.what());
    List<Orphan> ofSpan = byMissing.get(missing);
    if (ofSpan != null && ofSpan.remove(orphan)) {
      size--;
      calls -= orphan.isCall() ? 1 : 0;
      sink.orphanForgotten(orphan);
      if (ofSpan.isEmpty()) {
        byMissing.remove(missing);
      }
    }
  }

  private static Missing missing(Orphan.Key what) {
    return new Missing(what.traceLow(), what.missingSpanId());
  }

  int size() {
    return size;
  }
}
