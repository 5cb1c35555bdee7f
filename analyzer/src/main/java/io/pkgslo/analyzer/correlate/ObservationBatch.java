// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Observations on their way to windows, aggregated per target partition of pkgslo.observations.
 * Mutable, single-threaded; empty again after {@link #drain}.
 */
public final class ObservationBatch {
  private static final int BUCKET_SECONDS = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final List<PartitionBatch> partitions = new ArrayList<>();
  private final RowTable<CallRow> calls = new RowTable<>();
  private final RowTable<LogRow> logs = new RowTable<>();

  /**
   * @param partitionCount of pkgslo.observations
   */
  public ObservationBatch(int partitionCount) {
    for (int partition = 0; partition < partitionCount; partition++) {
      partitions.add(new PartitionBatch());
    }
  }

  /** Adds one span to the row of its origin, package, kind, status and bucket. */
  public void call(Origin origin, String goPackage, SpanBlock spans, int row) {
    callRow(origin, goPackage, spans, row).add(spans, row);
  }

  /**
   * Notes in the row of a span that was added, to this batch or an earlier one, that its error is
   * its own.
   */
  public void ownError(Origin origin, String goPackage, SpanBlock spans, int row) {
    callRow(origin, goPackage, spans, row).addOwnError();
  }

  private CallRow callRow(Origin origin, String goPackage, SpanBlock spans, int row) {
    int outcome = CallRow.outcomeOf(spans.getTraits(row));
    long bucket = bucketOf(spans.getEndEpochNanos(row));
    CallRow call = calls.find(origin, goPackage, outcome, bucket);
    if (call == null) {
      call = new CallRow(new RowKey(origin, goPackage, outcome, bucket));
      calls.add(call);
      of(origin, goPackage).add(call);
    }
    return call;
  }

  /** Adds one log record to the row of its origin, package, severity and bucket. */
  public void log(
      Origin origin, String goPackage, int severity, long timeEpochNanos, boolean orphan) {
    long bucket = bucketOf(timeEpochNanos);
    LogRow log = logs.find(origin, goPackage, severity, bucket);
    if (log == null) {
      log = new LogRow(new RowKey(origin, goPackage, severity, bucket));
      logs.add(log);
      of(origin, goPackage).add(log);
    }
    log.add(orphan);
  }

  /** Adds a panic; its indexes of origin and package are set here. */
  public void panic(Origin origin, String goPackage, PanicCount panic) {
    of(origin, goPackage).add(origin, goPackage, panic);
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
    for (int partition = 0; partition < partitions.size(); partition++) {
      ObservationBlock block = partitions.get(partition).take(progress);
      if (block != null) {
        output.accept(block, partition);
      }
    }
    calls.clear();
    logs.clear();
  }
}
