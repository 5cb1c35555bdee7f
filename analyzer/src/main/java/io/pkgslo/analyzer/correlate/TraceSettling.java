// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.analyzer.correlate.SpanPanics.Reported;
import io.pkgslo.analyzer.correlate.SpanPanics.TraceKey;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;

/** What becomes of spans, panics and logs when their relatives are there. Single-threaded. */
final class TraceSettling {
  private final TraceSink sink;
  private final TraceSettings settings;
  private final TraceRelatives relatives;
  private final CallGraph graph;
  private final EnclosingArms arms;
  private final OrphanBook orphans;
  private final PeerBook peers;

  TraceSettling(
      TraceSettings settings,
      TraceSink sink,
      TraceRelatives relatives,
      OrphanBook orphans,
      PeerBook peers) {
    this.peers = peers;
    this.settings = settings;
    this.sink = sink;
    this.relatives = relatives;
    this.graph = new CallGraph(relatives);
    this.arms = new EnclosingArms(relatives.index());
    this.orphans = orphans;
  }

  /** What an item that arrived then may look at: it must not depend on when it is looked at. */
  private int relativesFromSecond(long arrivedMillis) {
    return EpochSeconds.of(
        arrivedMillis + settings.settleMillis() - settings.relativesHorizonMillis());
  }

  /** True if a span's package and arm need no relatives. */
  static boolean isFirm(SpanColumns block, int row) {
    return block.packageIndex(row) != 0
        && !SpanIndex.isHint(block.traits(row))
        && !SpanTraits.has(block.traits(row), SpanTraits.ARM_OPEN);
  }

  void spans(Waiting.Spans spans) {
    int fromSecond = relativesFromSecond(spans.arrivedMillis);
    int[] slots = slotsOf(spans);
    graph.indexChanged();
    for (int i = 0; i < slots.length; i++) {
      span(spans, spans.rows[i], slots[i], fromSecond);
    }
    for (Reported reported : spans.panics) {
      panic(reported);
    }
  }

  /**
   * Where the spans are now. A loop of its own: it waits for memory that nobody has used since the
   * spans came, and a short loop waits for several rows at once.
   */
  private int[] slotsOf(Waiting.Spans spans) {
    SpanColumns block = spans.block;
    int[] slots = new int[spans.rows.length];
    for (int i = 0; i < slots.length; i++) {
      int row = spans.rows[i];
      slots[i] =
          relatives
              .index()
              .findAgain(
                  spans.slots[i], block.traceHigh(row), block.traceLow(row), block.spanId(row));
    }
    return slots;
  }

  private void span(Waiting.Spans spans, int row, int slot, int fromSecond) {
    SpanColumns block = spans.block;
    long high = block.traceHigh(row);
    long low = block.traceLow(row);
    Origin origin =
        arms.of(spans.origins[block.originIndex(row)], block.traits(row), slot, fromSecond);
    int packageIndex = block.packageIndex(row);
    String goPackage = packageIndex == 0 ? null : spans.packages[packageIndex];
    if (goPackage == null || SpanIndex.isHint(block.traits(row))) {
      goPackage = relatives.packageOf(slot, goPackage, fromSecond);
    }
    if (!isFirm(block, row)) {
      sink.call(origin, goPackage, block, row);
    }
    if (SpanTraits.has(block.traits(row), SpanTraits.FAILED)
        && relatives.isOwnError(new TraceKey(high, low), block.spanId(row), fromSecond)) {
      sink.ownError(origin, goPackage, block, row);
    }
    long ownNanos =
        slot == SpanIndex.NONE ? block.durationNanos(row) : graph.selfNanos(slot, fromSecond);
    sink.ownTime(origin, goPackage, block, row, ownNanos);
    Subject subject = new Subject(origin, goPackage);
    if (block.parentId(row) == 0) {
      root(subject, block, row);
    } else if (slot != SpanIndex.NONE) {
      Subject caller = graph.callerOf(slot, subject, fromSecond);
      if (caller != null) {
        sink.edge(caller, subject, block, row, ownNanos);
      }
      child(subject, spans, row, slot, fromSecond);
      if (SpanTraits.isApiCall(block.traits(row))) {
        caller(subject, block, row, relatives.index().parent(slot, fromSecond));
      }
    }
    if (slot != SpanIndex.NONE && mayLoseCallee(block, row, fromSecond)) {
      call(subject, spans, row, slot, fromSecond);
    }
  }

  /** A canary that answers too late, or cuts the connection, has good spans itself. */
  private void caller(Subject subject, SpanColumns block, int row, int parent) {
    if (parent == SpanIndex.NONE) {
      return;
    }
    int traits = relatives.index().traits(parent);
    if (SpanTraits.kind(traits) == SpanTraits.KIND_CLIENT) {
      boolean failed = SpanTraits.has(block.traits(row), SpanTraits.FAILED);
      boolean failedForCaller = SpanTraits.has(traits, SpanTraits.FAILED);
      sink.clientCall(
          subject.origin(), subject.goPackage(), block, row, failedForCaller && !failed);
    }
  }

  /**
   * A call to somebody whose spans reach us. One that failed may never have arrived, and one whose
   * weight nobody knows may be of a trace that the callee did not keep.
   */
  private boolean mayLoseCallee(SpanColumns block, int row, int fromSecond) {
    int traits = block.traits(row);
    return block.namesPeers()
        && TraceRelatives.isCall(traits)
        && !SpanTraits.has(traits, SpanTraits.FAILED | SpanTraits.WEIGHT_UNKNOWN)
        && peers.isOurs(block.peer(block.peerIndex(row)), block.weight(row), fromSecond);
  }

  private void call(Subject subject, Waiting.Spans spans, int row, int slot, int fromSecond) {
    if (relatives.isUnanswered(slot, fromSecond)) {
      SpanColumns block = spans.block;
      orphans.add(
          orphan(subject, block, row, block.spanId(row), Orphan.CALL),
          subject.origin().getProcess(),
          spans.arrivedMillis);
    }
  }

  private static Orphan.Key orphan(
      Subject subject, SpanColumns block, int row, long missingSpanId, int detail) {
    return new Orphan.Key(
        block.traceHigh(row),
        block.traceLow(row),
        missingSpanId,
        subject.origin().getService(),
        subject.origin().getVersion(),
        subject.goPackage(),
        new Orphan.Item(detail, ObservationBatch.bucketOf(block.endEpochNanos(row))));
  }

  private void root(Subject subject, SpanColumns block, int row) {
    int kind = SpanTraits.kind(block.traits(row));
    if (kind == SpanTraits.KIND_INTERNAL || kind == SpanTraits.KIND_CLIENT) {
      sink.contextLost(subject, ContextLoss.Kind.ROOT_INSIDE_SERVICE, block, row);
    }
  }

  private void child(Subject subject, Waiting.Spans spans, int row, int slot, int fromSecond) {
    SpanColumns block = spans.block;
    if (hasLocalParent(block.traits(row))
        && mayMissParent(block, row)
        && relatives.index().parent(slot, fromSecond) == SpanIndex.NONE) {
      orphans.add(
          orphan(subject, block, row, block.parentId(row), Orphan.SPAN),
          subject.origin().getProcess(),
          spans.arrivedMillis);
    }
  }

  /** A span that ran for longer than relatives are known outlived what is known of its parent. */
  private boolean mayMissParent(SpanColumns block, int row) {
    long durationMillis = block.durationNanos(row) / 1_000_000;
    return durationMillis < settings.relativesHorizonMillis() - settings.settleMillis();
  }

  /**
   * Whether the parent ran in the process of the span itself, so that this process would have sent
   * it. A remote parent may be of somebody who sends no spans to us at all.
   */
  private static boolean hasLocalParent(int traits) {
    int kind = SpanTraits.kind(traits);
    return kind != SpanTraits.KIND_SERVER
        && kind != SpanTraits.KIND_CONSUMER
        && !SpanTraits.has(traits, SpanTraits.PARENT_REMOTE);
  }

  void panic(Reported reported) {
    if (!reported.settle()) {
      return;
    }
    int fromSecond = relativesFromSecond(reported.arrivedMillis());
    if (relatives.panics().isCopy(reported, fromSecond)) {
      sink.dropped(CorrelateDrop.MERGED_REPORT, 1);
      return;
    }
    PanicReport report = reported.report();
    TraceKey trace = reported.trace();
    int slot = relatives.index().find(trace.high(), trace.low(), reported.spanId(), 0);
    String goPackage = report.getPackage();
    if (goPackage.isEmpty()) {
      goPackage = relatives.packageOf(slot, fromSecond);
    }
    int traits = slot == SpanIndex.NONE ? 0 : relatives.index().traits(slot);
    sink.panic(
        report.toBuilder()
            .setOrigin(arms.of(reported.origin(), traits, slot, fromSecond))
            .setPackage(goPackage)
            .setFingerprint(Fingerprint.of(goPackage, report))
            .setAppendedMillis(reported.arrivedMillis())
            .build());
  }

  void logs(Waiting.Logs logs) {
    int fromSecond = relativesFromSecond(logs.arrivedMillis);
    for (int row : logs.rows) {
      int slot = spanOf(logs.block, row, fromSecond);
      Subject subject = count(logs.block, row, slot, fromSecond);
      if (slot == SpanIndex.NONE) {
        orphan(subject, logs, row);
      }
    }
    for (PanicReport report : logs.panics) {
      panic(logs, report, fromSecond);
    }
  }

  /** A panic that a log record reports without a stack: it belongs to the package of the span. */
  private void panic(Waiting.Logs logs, PanicReport report, int fromSecond) {
    int slot = spanOf(logs.block, report.getSpanIndex(), fromSecond);
    String ofSpan = slot == SpanIndex.NONE ? "" : relatives.packageOf(slot, fromSecond);
    boolean tells = !ofSpan.isEmpty() && !ofSpan.equals(Origins.UNATTRIBUTED);
    String goPackage = tells ? ofSpan : report.getPackage();
    Origin origin = report.getOrigin();
    boolean nameless = origin.getService().isEmpty() && slot != SpanIndex.NONE;
    sink.panic(
        report.toBuilder()
            .setOrigin(nameless ? relatives.index().origin(slot) : origin)
            .setPackage(goPackage)
            .setAppendedMillis(logs.arrivedMillis)
            .build());
  }

  /**
   * Counts a log record if that needs no waiting.
   *
   * @return false if it has to wait, for the span that it names or for that span's relatives
   */
  boolean logAtOnce(LogBlock block, int row, long arrivedMillis) {
    int fromSecond = relativesFromSecond(arrivedMillis);
    boolean namesSpan = block.getSpanId(row) != 0;
    int slot = namesSpan ? spanOf(block, row, fromSecond) : SpanIndex.NONE;
    boolean says = block.getPackageIndex(row) != 0;
    boolean spanSays =
        slot != SpanIndex.NONE && (says || relatives.index().goPackage(slot) != null);
    if (namesSpan && !spanSays) {
      return false;
    }
    count(block, row, slot, fromSecond);
    return true;
  }

  private Subject count(LogBlock block, int row, int slot, int fromSecond) {
    String own = block.getPackage(block.getPackageIndex(row));
    Origin origin = block.getOrigin(block.getOriginIndex(row));
    if (origin.getService().isEmpty() && slot != SpanIndex.NONE) {
      origin = relatives.index().origin(slot);
    }
    Subject subject =
        new Subject(
            Origins.named(origin), own.isEmpty() ? relatives.packageOf(slot, fromSecond) : own);
    sink.log(subject.origin(), subject.goPackage(), block, row);
    return subject;
  }

  private void orphan(Subject subject, Waiting.Logs logs, int row) {
    LogBlock block = logs.block;
    long bucket = ObservationBatch.bucketOf(block.getTimeEpochNanos(row));
    orphans.add(
        new Orphan.Key(
            block.getTraceIdHigh(row),
            block.getTraceIdLow(row),
            block.getSpanId(row),
            subject.origin().getService(),
            subject.origin().getVersion(),
            subject.goPackage(),
            new Orphan.Item(block.getSeverity(row), bucket)),
        "",
        logs.arrivedMillis);
  }

  private int spanOf(LogBlock block, int row, int fromSecond) {
    long high = block.getTraceIdHigh(row);
    long low = block.getTraceIdLow(row);
    long span = block.getSpanId(row);
    return high == 0
        ? relatives.index().findByLow(low, span, fromSecond)
        : relatives.index().find(high, low, span, fromSecond);
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    return relatives.takeSearchesCutShort()
        + graph.takeSearchesCutShort()
        + arms.takeSearchesCutShort();
  }
}
