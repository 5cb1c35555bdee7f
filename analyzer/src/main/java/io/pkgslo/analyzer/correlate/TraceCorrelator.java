// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.correlate.SpanPanics.Reported;
import io.pkgslo.analyzer.correlate.SpanPanics.TraceKey;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Spans and logs of the traces of one partition: counts each once. A span that names its package
 * counts at once; one that must borrow it, whether an error is a span's own, a panic that enclosing
 * spans report again, and a log whose span is not here yet count when they settle: the watermark
 * has reached their arrival plus the settle delay. Nothing that comes later changes them.
 *
 * <p>Nothing that was concluded is kept, only what was seen, so that the blocks since {@link
 * #replayFromMillis} make the same correlator. Mutable, single-threaded.
 */
public final class TraceCorrelator {
  private final TraceSettings settings;
  private final TraceSink sink;
  private final Watermark watermark = new Watermark(List.of(Topics.OTLP_SPANS, Topics.OTLP_LOGS));
  private final Origins origins = new Origins();
  private final TraceIdentities spanIdentities;
  private final IdentitySet logIdentities;
  private final TraceRelatives relatives;

  /** A span whose identity is new is not in the index either, and need not be looked for. */
  private final boolean identitiesCoverIndex;

  private final PeerBook peers = new PeerBook();
  private final ProcessLife processes = new ProcessLife();
  private final OrphanBook orphans;
  private final TraceSettling settling;
  private final DeadlineQueue<Waiting> waiting = new DeadlineQueue<>();
  private long waitingItems;

  public TraceCorrelator(TraceSettings settings, TraceSink sink) {
    this.settings = settings;
    this.sink = sink;
    this.spanIdentities =
        new TraceIdentities(settings.duplicateHorizonMillis(), settings.maxIdentities());
    this.logIdentities =
        new IdentitySet(settings.duplicateHorizonMillis(), settings.maxIdentities());
    this.relatives = new TraceRelatives(settings.maxSpans());
    this.identitiesCoverIndex =
        settings.maxIdentities() >= settings.maxSpans()
            && settings.duplicateHorizonMillis() >= settings.relativesHorizonMillis();
    this.orphans =
        new OrphanBook(
            sink,
            settings.relativesHorizonMillis(),
            (process, millis) -> processes.livesSince(process, millis + settings.settleMillis()));
    this.settling = new TraceSettling(settings, sink, relatives, orphans, peers);
  }

  /**
   * Tells of all orphans that are kept. To be called after a replay, which finds some of its own
   * where it cannot see far enough back.
   */
  public void restore(Collection<Orphan> kept) {
    orphans.replaceBy(kept);
  }

  /**
   * Takes in a block and settles what its progress lets settle.
   *
   * @return the time of the block: it is to be kept until {@link #replayFromMillis} is later
   */
  public long accept(SpanFacts block) {
    long arrivedMillis = Math.max(block.appendedMillis(), watermark.millis());
    if (block.spans().rows() > 0) {
      take(block, arrivedMillis);
    }
    advance(block.progress());
    return arrivedMillis;
  }

  /** As {@link #accept(SpanFacts)}, of a block that was not read from a record. */
  long accept(SpanBlock block) {
    return accept(SpanFacts.of(block));
  }

  /** As {@link #accept(SpanFacts)}. */
  public long accept(LogBlock block) {
    long arrivedMillis = Math.max(block.getAppendedMillis(), watermark.millis());
    if (block.getTimeEpochNanosCount() > 0) {
      take(block, arrivedMillis);
    }
    advance(block.getProgressList());
    return arrivedMillis;
  }

  /**
   * Blocks of an earlier time change nothing any more: without them, a replay of the others, in
   * their order and after a block with the {@link #progress} that stood before the first of them,
   * gives the same correlator. {@link Watermark#UNKNOWN} while no block may be dropped.
   */
  public long replayFromMillis() {
    if (watermark.millis() == Watermark.UNKNOWN) {
      return Watermark.UNKNOWN;
    }
    long horizonMillis =
        Math.max(settings.duplicateHorizonMillis(), settings.relativesHorizonMillis());
    // Arrivals are kept in whole seconds, rounded twice.
    return watermark.millis() - horizonMillis - settings.settleMillis() - 2_000;
  }

  /** Upstream progress so far. */
  public List<Progress> progress() {
    return watermark.entries();
  }

  /** Epoch milliseconds, or {@link Watermark#UNKNOWN}. */
  public long watermarkMillis() {
    return watermark.millis();
  }

  /** For metrics: how long a duplicate is recognised really, at present. */
  public int effectiveDuplicateHorizonSeconds() {
    return Math.min(
        spanIdentities.effectiveHorizonSeconds(), logIdentities.effectiveHorizonSeconds());
  }

  /** For metrics: identities that are kept. */
  public int identities() {
    return spanIdentities.size() + logIdentities.size();
  }

  /** For metrics: spans that are kept as relatives. */
  public int openSpans() {
    return relatives.index().size();
  }

  /** For metrics: items whose span has not come. */
  public int orphans() {
    return orphans.size();
  }

  /** For metrics: items that wait for relatives. */
  public long waitingItems() {
    return waitingItems;
  }

  private void take(SpanFacts facts, long arrivedMillis) {
    SpanColumns block = facts.spans();
    int second = EpochSeconds.of(arrivedMillis);
    Origin[] originOf = origins.namedOfBlock(facts.origins());
    for (Origin origin : originOf) {
      processes.heardOf(origin.getProcess(), arrivedMillis);
    }
    String[] packageOf = origins.packagesOfBlock(facts.packages());
    int count = block.rows();
    int[] slots = new int[count];
    BitSet known = takeSpans(block, originOf, packageOf, second, slots);
    peers.see(block, originOf, second);
    int[] rows = new int[count];
    int toSettle = 0;
    for (int row = 0; row < count; row++) {
      if (!known.get(row) && !SpanTraits.has(block.traits(row), SpanTraits.INIT)) {
        if (TraceSettling.isFirm(block, row)) {
          String goPackage = packageOf[block.packageIndex(row)];
          sink.call(originOf[block.originIndex(row)], goPackage, block, row);
        }
        slots[toSettle] = slots[row];
        rows[toSettle++] = row;
      }
    }
    drop(CorrelateDrop.DUPLICATE_SPAN, known.cardinality());
    List<Reported> reports = takePanics(facts, originOf, known, arrivedMillis);
    await(
        new Waiting.Spans(
            block,
            originOf,
            packageOf,
            Arrays.copyOf(rows, toSettle),
            Arrays.copyOf(slots, toSettle),
            reports,
            arrivedMillis),
        arrivedMillis);
  }

  /**
   * Makes relatives of all spans of a block, and says which of them were there before.
   *
   * @param slots takes where each of them is now
   */
  private BitSet takeSpans(
      SpanColumns block, Origin[] originOf, String[] packageOf, int second, int[] slots) {
    BitSet known = knownOf(block, second);
    SpanIndex index = relatives.index();
    for (int row = 0; row < block.rows(); row++) {
      int packageIndex = block.packageIndex(row);
      String spoken = packageIndex == 0 ? null : packageOf[packageIndex];
      Origin origin = originOf[block.originIndex(row)];
      boolean isNew = !known.get(row);
      slots[row] =
          (isNew && identitiesCoverIndex)
              ? index.add(block, row, origin, spoken, second)
              : index.see(block, row, origin, spoken, second);
      if (isNew) {
        came(block, row);
      }
    }
    drop(CorrelateDrop.OPEN_SPANS_EXCEEDED, index.takeForgottenEarly());
    return known;
  }

  private void came(SpanColumns block, int row) {
    long high = block.traceHigh(row);
    long low = block.traceLow(row);
    orphans.came(high, low, block.spanId(row));
    long parent = block.parentId(row);
    if (parent != 0 && TraceRelatives.continuesCall(block.traits(row))) {
      orphans.calleeCame(high, low, parent);
    }
  }

  /**
   * The rows that were seen before. A loop of its own: it waits for memory most of the time, and a
   * short loop waits for several rows at once.
   */
  private BitSet knownOf(SpanColumns block, int second) {
    BitSet known = new BitSet();
    for (int row = 0; row < block.rows(); row++) {
      if (!isNew(block, row, second)) {
        known.set(row);
      }
    }
    return known;
  }

  private boolean isNew(SpanColumns block, int row, int second) {
    long high = block.traceHigh(row);
    // 192 bits in 128: exact while spans whose traces share the low half share the high one, and
    // a bijection of the span id within a trace.
    long span = IdentitySet.mix(IdentitySet.mix(high) ^ block.spanId(row));
    return spanIdentities.add(block.traceLow(row), span, second);
  }

  private List<Reported> takePanics(
      SpanFacts facts, Origin[] originOf, BitSet known, long arrivedMillis) {
    SpanColumns block = facts.spans();
    int second = EpochSeconds.of(arrivedMillis);
    List<Reported> reports = new ArrayList<>(facts.panics().size());
    for (PanicReport report : facts.panics()) {
      int row = report.getSpanIndex();
      TraceKey trace = new TraceKey(block.traceHigh(row), block.traceLow(row));
      Reported reported =
          new Reported(
              withSpan(report, block, row),
              originOf[block.originIndex(row)],
              trace,
              block.spanId(row),
              arrivedMillis);
      if (!known.get(row)) {
        reports.add(reported);
      } else {
        // Whatever waits, or has been settled, is another copy of it.
        reported.settle();
        hasten(reported);
      }
      drop(CorrelateDrop.OPEN_REPORTS_EXCEEDED, relatives.panics().see(reported, second) ? 0 : 1);
    }
    return reports;
  }

  /**
   * A copy may be read before what it is a copy of, if that stands in a partition that lags. The
   * logs of a panic wait for its span from the first copy on, and not from the one that was read
   * first.
   */
  private void hasten(Reported copy) {
    Reported known = relatives.panics().hastened(copy);
    if (known != null) {
      await(new Waiting.Report(known), known.arrivedMillis());
    }
  }

  private static PanicReport withSpan(PanicReport report, SpanColumns block, int row) {
    ByteBuffer trace = ByteBuffer.allocate(2 * Long.BYTES);
    trace.putLong(block.traceHigh(row)).putLong(block.traceLow(row)).flip();
    return report.toBuilder()
        .setTraceId(ByteString.copyFrom(trace))
        .setSpanId(block.spanId(row))
        .setWeight(block.weight(row))
        .setWeightUnknown(SpanTraits.has(block.traits(row), SpanTraits.WEIGHT_UNKNOWN))
        .build();
  }

  private void take(LogBlock block, long arrivedMillis) {
    int second = EpochSeconds.of(arrivedMillis);
    int count = block.getTimeEpochNanosCount();
    int[] rows = new int[count];
    int toSettle = 0;
    BitSet known = new BitSet();
    for (int row = 0; row < count; row++) {
      if (!logIdentities.add(block.getIdentityHigh(row), block.getIdentityLow(row), second)) {
        known.set(row);
      } else if (!settling.logAtOnce(block, row, arrivedMillis)) {
        rows[toSettle++] = row;
      }
    }
    drop(CorrelateDrop.DUPLICATE_LOG, known.cardinality());
    List<PanicReport> panics =
        block.getPanicList().stream().filter(report -> !known.get(report.getSpanIndex())).toList();
    await(
        new Waiting.Logs(block, Arrays.copyOf(rows, toSettle), panics, arrivedMillis),
        arrivedMillis);
  }

  private void await(Waiting items, long arrivedMillis) {
    if (items.items() == 0) {
      return;
    }
    waiting.add(arrivedMillis + settings.settleMillis(), items);
    waitingItems += items.items();
    while (waitingItems > settings.maxWaiting()) {
      Waiting first = waiting.pollDue(Long.MAX_VALUE);
      if (first == null) {
        return;
      }
      drop(CorrelateDrop.WAITING_EXCEEDED, first.items());
      settle(first);
    }
  }

  private void advance(List<Progress> progress) {
    if (!watermark.accept(progress)) {
      return;
    }
    long now = watermark.millis();
    Waiting due = waiting.pollDue(now);
    while (due != null) {
      settle(due);
      due = waiting.pollDue(now);
    }
    spanIdentities.advance(EpochSeconds.of(now));
    logIdentities.advance(EpochSeconds.of(now));
    orphans.advance(now);
    long horizonMillis = now - settings.relativesHorizonMillis();
    relatives.forgetBefore(EpochSeconds.of(horizonMillis));
    processes.forgetBefore(horizonMillis);
    sink.progress(now - settings.settleMillis());
  }

  private void settle(Waiting items) {
    waitingItems -= items.items();
    if (items instanceof Waiting.Spans spans) {
      settling.spans(spans);
    } else if (items instanceof Waiting.Logs logs) {
      settling.logs(logs);
    } else if (items instanceof Waiting.Report report) {
      settling.panic(report.panic());
    }
    drop(CorrelateDrop.SEARCH_EXCEEDED, settling.takeSearchesCutShort());
  }

  private void drop(CorrelateDrop reason, long count) {
    if (count > 0) {
      sink.dropped(reason, count);
    }
  }
}
