// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observations on their way to windows, aggregated per target partition of pkgslo.observations.
 * Mutable, single-threaded; empty again after {@link #drain}.
 */
public final class ObservationBatch {
  private static final int BUCKET_SECONDS = 10;

  /** What belongs to a process as a whole goes to the partition of this package of its service. */
  private static final String RUNTIME = "(runtime)";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final List<PartitionBatch> partitions = new ArrayList<>();
  private final RowTable<CallRow> calls = new RowTable<>();
  private final RowTable<OwnTimeRow> ownTimes = new RowTable<>();
  private final RowTable<LogRow> logs = new RowTable<>();
  private final RowTable<LossRow> losses = new RowTable<>();
  private final EdgeTable edges = new EdgeTable();
  private final Map<SelectedRow.Key, SelectedRow> selected = new HashMap<>();
  private final ServiceOrigins services = new ServiceOrigins();
  private final ErrorLogs errorLogs = new ErrorLogs();
  private final Supplier<LatencyBounds> latencyBounds;
  private LatencyBounds bounds;

  /**
   * @param partitionCount of pkgslo.observations
   */
  public ObservationBatch(int partitionCount) {
    this(partitionCount, () -> LatencyBounds.NONE);
  }

  /**
   * @param partitionCount of pkgslo.observations
   * @param latencyBounds asked once per batch
   */
  public ObservationBatch(int partitionCount, Supplier<LatencyBounds> latencyBounds) {
    this.latencyBounds = latencyBounds;
    this.bounds = latencyBounds.get();
    for (int partition = 0; partition < partitionCount; partition++) {
      partitions.add(new PartitionBatch());
    }
  }

  /** Adds one span to the row of its origin, package, kind, status and bucket. */
  public void call(Origin origin, String goPackage, SpanColumns spans, int row) {
    callRow(origin, goPackage, spans, row).add(spans, row);
    SelectionSet set = spans.selection(row);
    if (set != null) {
      selected(origin, goPackage, set, spans.endEpochNanos(row), spans.weight(row));
    }
  }

  /** Adds one item to the rows of what it is to selectors of objectives. */
  void selected(
      Origin origin, String goPackage, SelectionSet set, long timeEpochNanos, long weight) {
    Origin service = services.of(origin);
    for (Selection selection : set.getSelectionList()) {
      SelectedRow.Key key =
          new SelectedRow.Key(service, goPackage, bucketOf(timeEpochNanos), selection);
      SelectedRow row = selected.get(key);
      if (row == null) {
        row = new SelectedRow(key);
        selected.put(key, row);
        of(service, goPackage).add(row);
      }
      row.add(weight);
    }
  }

  /** Adds a point of a counter that objectives select. */
  void selectedPoint(Origin origin, SelectedPoint point) {
    Origin service = services.of(origin);
    of(service, point.getPackage()).add(service, point);
  }

  /**
   * Notes in the row of a span that was added, to this batch or an earlier one, that its error is
   * its own.
   */
  public void ownError(Origin origin, String goPackage, SpanColumns spans, int row) {
    callRow(origin, goPackage, spans, row).addOwnError();
  }

  private CallRow callRow(Origin origin, String goPackage, SpanColumns spans, int row) {
    int outcome = CallRow.outcomeOf(spans.traits(row));
    long bucket = bucketOf(spans.endEpochNanos(row));
    CallRow call = calls.find(origin, goPackage, outcome, bucket);
    if (call == null) {
      call = new CallRow(new RowKey(origin, goPackage, outcome, bucket), bounds);
      calls.add(call);
      of(origin, goPackage).add(call);
    }
    return call;
  }

  /** Adds the own time of a span that was added, to this batch or an earlier one. */
  void ownTime(Origin origin, String goPackage, SpanColumns spans, int row, long ownNanos) {
    ownTimeRow(origin, goPackage, spans, row).add(ownNanos);
  }

  /** Adds what the caller of a span saw, likewise. */
  void clientCall(
      Origin origin, String goPackage, SpanColumns spans, int row, boolean failedForItAlone) {
    ownTimeRow(origin, goPackage, spans, row).addClient(failedForItAlone);
  }

  private OwnTimeRow ownTimeRow(Origin origin, String goPackage, SpanColumns spans, int row) {
    long bucket = bucketOf(spans.endEpochNanos(row));
    OwnTimeRow own = ownTimes.find(origin, goPackage, 0, bucket);
    if (own == null) {
      own = new OwnTimeRow(new RowKey(origin, goPackage, 0, bucket));
      ownTimes.add(own);
      of(origin, goPackage).add(own);
    }
    return own;
  }

  /** Adds one log record to the row of its origin, package, severity and bucket. */
  public void log(Origin origin, String goPackage, int severity, long timeEpochNanos) {
    logRow(origin, goPackage, severity, bucketOf(timeEpochNanos)).add();
  }

  private LogRow logRow(Origin origin, String goPackage, int severity, long bucket) {
    LogRow log = logs.find(origin, goPackage, severity, bucket);
    if (log == null) {
      log = new LogRow(new RowKey(origin, goPackage, severity, bucket));
      logs.add(log);
      of(origin, goPackage).add(log);
    }
    return log;
  }

  /** Keeps an error log if it is one of the last few of its package. */
  void errorLog(Origin origin, String goPackage, ErrorLog log) {
    errorLogs.add(origin, goPackage, log);
  }

  /** Adds a point of a runtime metric, as it came. */
  void runtime(Origin origin, RuntimePoint point) {
    of(origin, RUNTIME).add(origin, point);
  }

  /** Adds one call to the edge between two packages. */
  void edge(Subject caller, Subject callee, SpanColumns spans, int row, long selfNanos) {
    Origin callerOrigin = services.of(caller.origin());
    Origin calleeOrigin = services.of(callee.origin());
    long bucket = bucketOf(spans.endEpochNanos(row));
    EdgeRow edge =
        edges.find(callerOrigin, caller.goPackage(), calleeOrigin, callee.goPackage(), bucket);
    if (edge == null) {
      edge =
          new EdgeRow(
              new EdgeRow.Key(
                  callerOrigin, caller.goPackage(), calleeOrigin, callee.goPackage(), bucket));
      edges.add(edge);
      of(calleeOrigin, callee.goPackage()).add(edge);
    }
    edge.add(spans, row, selfNanos);
  }

  /** Adds a span that lost its context. */
  void contextLost(Subject subject, ContextLoss.Kind kind, SpanColumns spans, int row) {
    long bucket = bucketOf(spans.endEpochNanos(row));
    lossRow(services.of(subject.origin()), subject.goPackage(), kind, bucket)
        .add(1, spans.traceHigh(row), spans.traceLow(row));
  }

  /** Adds items whose span never came. */
  void orphaned(Orphan orphan, long count) {
    Orphan.Key what = orphan.what();
    if (orphan.isSpan() || orphan.isCall()) {
      lossRow(what).add(count, what.traceHigh(), what.traceLow());
    } else {
      logRow(what).addOrphans(count);
    }
  }

  /** Takes items back whose span came after all. */
  void orphanFound(Orphan orphan, long count) {
    Orphan.Key what = orphan.what();
    if (orphan.isSpan() || orphan.isCall()) {
      lossRow(what).revise(count);
    } else {
      logRow(what).reviseOrphans(count);
    }
  }

  private LogRow logRow(Orphan.Key what) {
    Orphan.Item item = what.item();
    return logRow(originOf(what), what.goPackage(), item.detail(), item.bucketEpochSeconds());
  }

  private LossRow lossRow(Orphan.Key what) {
    ContextLoss.Kind kind =
        what.item().detail() == Orphan.CALL
            ? ContextLoss.Kind.CLIENT_WITHOUT_SERVER
            : ContextLoss.Kind.MISSING_PARENT;
    return lossRow(originOf(what), what.goPackage(), kind, what.item().bucketEpochSeconds());
  }

  private static Origin originOf(Orphan.Key what) {
    return Origin.newBuilder().setService(what.service()).setVersion(what.version()).build();
  }

  private LossRow lossRow(Origin origin, String goPackage, ContextLoss.Kind kind, long bucket) {
    LossRow loss = losses.find(origin, goPackage, kind.getNumber(), bucket);
    if (loss == null) {
      loss = new LossRow(new RowKey(origin, goPackage, kind.getNumber(), bucket));
      losses.add(loss);
      of(origin, goPackage).add(loss);
    }
    return loss;
  }

  /** Adds a panic; its indexes of origin and package are set here. */
  public void panic(Origin origin, String goPackage, PanicCount panic) {
    of(origin, goPackage).add(origin, goPackage, panic);
  }

  /** Adds what is told before it settles, and does not count. */
  void earlyCrash(Origin origin, String goPackage, PanicCount crash) {
    of(origin, goPackage).addEarly(origin, goPackage, crash);
  }

  /** Adds an initialisation; its indexes of origin and package are set here. */
  public void init(Origin origin, String goPackage, InitTime init) {
    of(origin, goPackage).add(origin, goPackage, init);
  }

  private PartitionBatch of(Origin origin, String goPackage) {
    return partitions.get(Partitions.ofSubject(origin.getService(), goPackage, partitions.size()));
  }

  /** Start of the 10 s bucket of an event, as CallCount has it. */
  static long bucketOf(long epochNanos) {
    long seconds = Long.divideUnsigned(epochNanos, NANOS_PER_SECOND);
    return seconds - seconds % BUCKET_SECONDS;
  }

  /**
   * Hands over one block per partition that has something to say, in the order of partitions.
   *
   * @param progress for every partition, behind the facts; null when there is none
   * @param output takes the block and its partition
   */
  public void drain(@Nullable Progress progress, ObjIntConsumer<ObservationBlock> output) {
    errorLogs.drain(
        (subject, log) ->
            of(subject.origin(), subject.goPackage())
                .add(subject.origin(), subject.goPackage(), ErrorLogs.toWire(log)));
    for (int partition = 0; partition < partitions.size(); partition++) {
      ObservationBlock block = partitions.get(partition).take(progress, bounds);
      if (block != null) {
        output.accept(block, partition);
      }
    }
    calls.clear();
    ownTimes.clear();
    logs.clear();
    losses.clear();
    edges.clear();
    selected.clear();
    bounds = latencyBounds.get();
  }
}
