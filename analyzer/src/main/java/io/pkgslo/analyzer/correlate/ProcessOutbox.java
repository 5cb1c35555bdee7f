// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.AuditReport;
import io.pkgslo.model.wire.InitReport;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ProcessCorrelator} gave since the last drain, as blocks for pkgslo.observations
 * with the progress behind the facts, and what is to be kept beside the blocks. Mutable,
 * single-threaded.
 */
public final class ProcessOutbox implements ProcessSink {
  private final int partition;
  private final int partitionCount;
  private final ObservationBatch observations;
  private final RecentErrors recentErrors;
  private final DropCounts drops = new DropCounts();
  private final Map<Integer, PanicBlock.Builder> forwarded = new TreeMap<>();
  private final Map<Integer, ForwardedLogs> joined = new TreeMap<>();
  private List<Episode> opened = new ArrayList<>();
  private List<Episode> forgotten = new ArrayList<>();
  private @Nullable Progress progress;

  /**
   * @param partition of pkgslo.process that the correlator reads
   * @param partitionCount of pkgslo.process, and of pkgslo.observations
   */
  public ProcessOutbox(int partition, int partitionCount, RecentErrors recentErrors) {
    this.partition = partition;
    this.partitionCount = partitionCount;
    this.observations = new ObservationBatch(partitionCount);
    this.recentErrors = recentErrors;
  }

  @Override
  public void panic(Origin origin, String goPackage, PanicCount panic) {
    observations.panic(origin, goPackage, panic);
  }

  @Override
  public void earlyCrash(Origin origin, String goPackage, PanicCount crash) {
    observations.earlyCrash(origin, goPackage, crash);
  }

  @Override
  public void forward(PanicReport report) {
    homeOf(report.getOrigin()).addPanic(report);
  }

  @Override
  public void forward(InitReport report) {
    homeOf(report.getOrigin()).addInit(report);
  }

  @Override
  public void forward(AuditReport report) {
    homeOf(report.getOrigin()).addAudit(report);
  }

  @Override
  public void forward(Origin origin, ProcessLog log, long arrivedMillis) {
    int target = Partitions.ofTrace(log.getTraceIdHigh(), log.getTraceIdLow(), partitionCount);
    joined
        .computeIfAbsent(target, partition -> new ForwardedLogs())
        .add(origin, log, arrivedMillis);
  }

  private PanicBlock.Builder homeOf(Origin origin) {
    return forwarded.computeIfAbsent(
        Partitions.ofProcess(origin.getProcess(), partitionCount),
        target -> PanicBlock.newBuilder());
  }

  @Override
  public void init(Origin origin, String goPackage, InitTime init) {
    observations.init(origin, goPackage, init);
  }

  @Override
  public void log(Origin origin, String goPackage, int severity, long timeEpochNanos, String text) {
    observations.log(origin, goPackage, severity, timeEpochNanos);
    if (!text.isEmpty()) {
      ErrorLog log = new ErrorLog(timeEpochNanos, severity, text, "", "");
      recentErrors.add(origin, goPackage, log);
      observations.errorLog(origin, goPackage, log);
    }
  }

  @Override
  public void selectedLog(Origin origin, String goPackage, SelectionSet set, long timeEpochNanos) {
    observations.selected(origin, goPackage, set, timeEpochNanos, FixedPoint.ONE);
  }

  @Override
  public void selectedPoint(Origin origin, SelectedPoint point) {
    observations.selectedPoint(origin, point);
  }

  @Override
  public void runtime(Origin origin, RuntimePoint point) {
    observations.runtime(origin, point);
  }

  @Override
  public void episodeOpened(Episode episode) {
    opened.add(episode);
  }

  @Override
  public void episodeForgotten(Episode episode) {
    forgotten.add(episode);
  }

  @Override
  public void progress(long throughMillis) {
    progress =
        Progress.newBuilder()
            .setTopic(Topics.PROCESS)
            .setPartition(partition)
            .setPartitions(partitionCount)
            .setThroughMillis(throughMillis)
            .build();
  }

  @Override
  public void dropped(CorrelateDrop reason, long count) {
    drops.add(reason, count);
  }

  /** True if a process of this name is at home in another partition. */
  public boolean isElsewhere(String process) {
    return Partitions.ofProcess(process, partitionCount) != partition;
  }

  /** Hands over reports for the home partitions of their processes. */
  public void drainForwarded(ObjIntConsumer<PanicBlock> output) {
    forwarded.forEach((target, block) -> output.accept(block.build(), target));
    forwarded.clear();
  }

  /** Hands over log records for the partitions of the traces that they turned out to be of. */
  public void drainJoined(ObjIntConsumer<LogBlock> output) {
    joined.forEach((target, logs) -> output.accept(logs.build(), target));
    joined.clear();
  }

  /** Hands over blocks with their target partitions; progress goes to every partition. */
  public void drain(ObjIntConsumer<ObservationBlock> output) {
    observations.drain(progress, output);
    progress = null;
  }

  /** Episodes to keep, since this was last called. */
  public List<Episode> takeOpened() {
    List<Episode> taken = opened;
    opened = new ArrayList<>();
    return taken;
  }

  /** Episodes to keep no longer, since this was last called. */
  public List<Episode> takeForgotten() {
    List<Episode> taken = forgotten;
    forgotten = new ArrayList<>();
    return taken;
  }

  /** What was dropped since this was last called. */
  public Map<CorrelateDrop, Long> takeDrops() {
    return drops.take();
  }

  /** Throws away what there is, drop counts included: after a replay. */
  public void discard() {
    drain((block, target) -> {});
    forwarded.clear();
    joined.clear();
    takeOpened();
    takeForgotten();
    drops.take();
  }
}
