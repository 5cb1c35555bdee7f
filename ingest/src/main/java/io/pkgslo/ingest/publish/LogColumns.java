// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.LogFact;
import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.LogExcerpt;
import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.List;

/** The log records of one transaction for one partition. Mutable, single-threaded. */
final class LogColumns {
  /** Six fixed columns and three variable ones of a record, at most. */
  private static final int LOG_BYTES = 6 * 8 + 12;

  private final LongColumn identityHigh = new LongColumn();
  private final LongColumn identityLow = new LongColumn();
  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final LongColumn severity = new LongColumn();
  private final LongColumn time = new LongColumn();
  private final List<ProcessOrigin> origins = new ArrayList<>();
  private final List<String> packages = new ArrayList<>();
  private final List<String> excerpts = new ArrayList<>();
  private final BlockIndexes indexes = new BlockIndexes();

  int size() {
    return origins.size();
  }

  void add(LogFact log) {
    identityHigh.add(log.identityHigh());
    identityLow.add(log.identityLow());
    traceIdHigh.add(log.traceIdHigh());
    traceIdLow.add(log.traceIdLow());
    spanId.add(log.spanId());
    severity.add(log.severity());
    time.add(log.timeEpochNanos());
    origins.add(log.origin());
    packages.add(log.goPackage());
    excerpts.add(log.excerpt());
  }

  void clear() {
    List.of(identityHigh, identityLow, traceIdHigh, traceIdLow, spanId, severity, time)
        .forEach(LongColumn::clear);
    origins.clear();
    packages.clear();
    excerpts.clear();
  }

  /** Writes all records as blocks; the last one carries {@code progress}; there is always one. */
  void write(long appendedMillis, List<Progress> progress, Blocks.Output out) {
    int from = 0;
    do {
      LogBlock.Builder block = LogBlock.newBuilder().setAppendedMillis(appendedMillis);
      indexes.clear();
      int bytes = 0;
      int i = from;
      while (i < size() && bytes + indexes.bytes() < Blocks.TARGET_BYTES) {
        writeLog(i, block);
        bytes += LOG_BYTES + writeExcerpt(i, i - from, block);
        i++;
      }
      from = i;
      if (from == size()) {
        block.addAllProgress(progress);
      }
      out.block(block.addAllOrigin(indexes.origins()).addAllPackage(indexes.packages()).build());
    } while (from < size());
  }

  private void writeLog(int i, LogBlock.Builder block) {
    block
        .addIdentityHigh(identityHigh.get(i))
        .addIdentityLow(identityLow.get(i))
        .addTraceIdHigh(traceIdHigh.get(i))
        .addTraceIdLow(traceIdLow.get(i))
        .addSpanId(spanId.get(i))
        .addOriginIndex(indexes.originIndex(origins.get(i)))
        .addPackageIndex(indexes.packageIndex(packages.get(i)))
        .addSeverity((int) severity.get(i))
        .addTimeEpochNanos(time.get(i));
  }

  private int writeExcerpt(int i, int index, LogBlock.Builder block) {
    String text = excerpts.get(i);
    if (text.isEmpty()) {
      return 0;
    }
    LogExcerpt excerpt = LogExcerpt.newBuilder().setLogIndex(index).setText(text).build();
    block.addExcerpt(excerpt);
    return excerpt.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }
}
