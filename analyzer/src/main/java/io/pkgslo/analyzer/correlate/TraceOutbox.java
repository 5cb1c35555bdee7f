// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.LogExcerpt;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TraceCorrelator} gave since the last drain, as blocks for pkgslo.observations and
 * pkgslo.panics with the progress behind the facts. Mutable, single-threaded.
 */
public final class TraceOutbox implements TraceSink {
  private static final int ERROR_SEVERITY = 17;

  private final int partition;
  private final int partitionCount;
  private final ObservationBatch observations;
  private final List<PanicBlock.Builder> panics = new ArrayList<>();
  private final RecentErrors recentErrors;
  private final DropCounts drops = new DropCounts();
  private Map<Orphan.Key, Optional<Orphan>> orphans = new LinkedHashMap<>();
  private @Nullable Progress progress;
  private int items;

  /**
   * @param partition of pkgslo.spans that the correlator reads
   * @param partitionCount of pkgslo.spans, and of the topics that it writes
   */
  public TraceOutbox(int partition, int partitionCount, RecentErrors recentErrors) {
    this(partition, partitionCount, recentErrors, () -> LatencyBounds.NONE);
  }

  /**
   * @param latencyBounds where calls are counted exactly; asked once per drain
   */
  public TraceOutbox(
      int partition,
      int partitionCount,
      RecentErrors recentErrors,
      Supplier<LatencyBounds> latencyBounds) {
    this.recentErrors = recentErrors;
    this.partition = partition;
    this.partitionCount = partitionCount;
    this.observations = new ObservationBatch(partitionCount, latencyBounds);
    for (int target = 0; target < partitionCount; target++) {
      panics.add(PanicBlock.newBuilder());
    }
  }

  /** How many calls, edges and logs were put in since the last drain. */
  public int items() {
    return items;
  }

  @Override
  public void call(Origin origin, String goPackage, SpanColumns spans, int row) {
    items++;
    observations.call(origin, goPackage, spans, row);
  }

  @Override
  public void ownError(Origin origin, String goPackage, SpanColumns spans, int row) {
    observations.ownError(origin, goPackage, spans, row);
  }

  @Override
  public void ownTime(Origin origin, String goPackage, SpanColumns spans, int row, long ownNanos) {
    observations.ownTime(origin, goPackage, spans, row, ownNanos);
  }

  @Override
  public void clientCall(
      Origin origin, String goPackage, SpanColumns spans, int row, boolean failedForItAlone) {
    observations.clientCall(origin, goPackage, spans, row, failedForItAlone);
  }

  @Override
  public void panic(PanicReport report) {
    int target = Partitions.ofProcess(report.getOrigin().getProcess(), partitionCount);
    panics.get(target).addPanic(report);
  }

  @Override
  public void log(Origin origin, String goPackage, LogBlock logs, int row) {
    items++;
    int severity = logs.getSeverity(row);
    observations.log(origin, goPackage, severity, logs.getTimeEpochNanos(row));
    if (logs.getSelectedRowCount() > 0) {
      SelectionSet set = SelectedItems.of(logs, row);
      if (set != null) {
        observations.selected(origin, goPackage, set, logs.getTimeEpochNanos(row), FixedPoint.ONE);
      }
    }
    // Ingest gives an excerpt to errors alone, so that most records stop here.
    if (severity >= ERROR_SEVERITY) {
      String text = excerptOf(logs, row);
      ErrorLog log = errorLog(logs, row, text);
      recentErrors.add(origin, goPackage, log);
      observations.errorLog(origin, goPackage, log);
    }
  }

  @Override
  public void edge(Subject caller, Subject callee, SpanColumns spans, int row, long selfNanos) {
    items++;
    observations.edge(caller, callee, spans, row, selfNanos);
  }

  @Override
  public void contextLost(Subject subject, ContextLoss.Kind kind, SpanColumns spans, int row) {
    observations.contextLost(subject, kind, spans, row);
  }

  @Override
  public void orphaned(Orphan orphan, long count) {
    observations.orphaned(orphan, count);
  }

  @Override
  public void orphanFound(Orphan orphan, long count) {
    observations.orphanFound(orphan, count);
  }

  @Override
  public void orphanKept(Orphan orphan) {
    orphans.put(orphan.what(), Optional.of(orphan));
  }

  @Override
  public void orphanForgotten(Orphan orphan) {
    orphans.put(orphan.what(), Optional.empty());
  }

  /** What is known of orphans now, by key, as far as it changed since this was last called. */
  public Map<Orphan.Key, Optional<Orphan>> takeOrphans() {
    Map<Orphan.Key, Optional<Orphan>> taken = orphans;
    orphans = new LinkedHashMap<>();
    return taken;
  }

  private static String excerptOf(LogBlock logs, int row) {
    int low = 0;
    int high = logs.getExcerptCount();
    while (low < high) {
      int middle = (low + high) >>> 1;
      LogExcerpt excerpt = logs.getExcerpt(middle);
      if (excerpt.getLogIndex() == row) {
        return excerpt.getText();
      }
      if (excerpt.getLogIndex() < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return "";
  }

  private static ErrorLog errorLog(LogBlock logs, int row, String text) {
    HexFormat hex = HexFormat.of();
    long span = logs.getSpanId(row);
    return new ErrorLog(
        logs.getTimeEpochNanos(row),
        logs.getSeverity(row),
        text,
        hex.toHexDigits(logs.getTraceIdHigh(row)) + hex.toHexDigits(logs.getTraceIdLow(row)),
        span == 0 ? "" : hex.toHexDigits(span));
  }

  @Override
  public void progress(long throughMillis) {
    progress =
        Progress.newBuilder()
            .setTopic(Topics.SPANS)
            .setPartition(partition)
            .setPartitions(partitionCount)
            .setThroughMillis(throughMillis)
            .build();
  }

  @Override
  public void dropped(CorrelateDrop reason, long count) {
    drops.add(reason, count);
  }

  /**
   * Hands over what there is, each block with its target partition, and is empty again. Progress
   * goes to every partition of both topics.
   */
  public void drain(
      ObjIntConsumer<ObservationBlock> observationOutput, ObjIntConsumer<PanicBlock> panicOutput) {
    items = 0;
    observations.drain(progress, observationOutput);
    for (int target = 0; target < partitionCount; target++) {
      PanicBlock.Builder block = panics.get(target);
      if (progress != null) {
        block.addProgress(progress);
      }
      if (block.getProgressCount() > 0 || block.getPanicCount() > 0) {
        panicOutput.accept(block.build(), target);
        block.clear();
      }
    }
    progress = null;
  }

  /** Throws away what there is, drop counts included: after a replay. */
  public void discard() {
    drain((block, target) -> {}, (block, target) -> {});
    takeOrphans();
    drops.take();
  }

  /** What was dropped since this was last called. */
  public Map<CorrelateDrop, Long> takeDrops() {
    return drops.take();
  }
}
