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
  /** Six fixed columns and four variable ones of a record, at most. */
  private static final int LOG_BYTES = 6 * 8 + 13;

  private final LongColumn identityHigh = new LongColumn();
  private final LongColumn identityLow = new LongColumn();
  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final LongColumn severity = new LongColumn();
  private final LongColumn source = new LongColumn();
  private final LongColumn time = new LongColumn();
  private final List<ProcessOrigin> origins = new ArrayList<>();
  private final List<String> packages = new ArrayList<>();
  private final List<String> excerpts = new ArrayList<>();

  // Of the block that is being written.
  private final BlockIndexes indexes = new BlockIndexes();
  private final LongColumn originIndex = new LongColumn();
  private final LongColumn packageIndex = new LongColumn();
  private final List<LogExcerpt> blockExcerpts = new ArrayList<>();
  private final BlockBytes block = new BlockBytes();

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
    source.add(log.source().code());
    time.add(log.timeEpochNanos());
    origins.add(log.origin());
    packages.add(log.goPackage());
    excerpts.add(log.excerpt());
  }

  void clear() {
    List.of(identityHigh, identityLow, traceIdHigh, traceIdLow, spanId, severity, source, time)
        .forEach(LongColumn::clear);
    origins.clear();
    packages.clear();
    excerpts.clear();
  }

  /** Writes all records as blocks; the last one carries {@code progress}; there is always one. */
  void write(long appendedMillis, List<Progress> progress, Blocks.Output out) {
    int from = 0;
    do {
      indexes.clear();
      originIndex.clear();
      packageIndex.clear();
      blockExcerpts.clear();
      int bytes = 0;
      int to = from;
      while (to < size() && bytes + indexes.bytes() < Blocks.TARGET_BYTES) {
        originIndex.add(indexes.originIndex(origins.get(to)));
        packageIndex.add(indexes.packageIndex(packages.get(to)));
        bytes += LOG_BYTES + takeExcerpt(to, to - from);
        to++;
      }
      out.block(encode(from, to, appendedMillis, to == size() ? progress : List.of()));
      from = to;
    } while (from < size());
  }

  private byte[] encode(int from, int to, long appendedMillis, List<Progress> progress) {
    int rows = to - from;
    return block
        .clear()
        .messages(LogBlock.PROGRESS_FIELD_NUMBER, progress)
        .int64(LogBlock.APPENDED_MILLIS_FIELD_NUMBER, appendedMillis)
        .messages(LogBlock.ORIGIN_FIELD_NUMBER, indexes.origins())
        .strings(LogBlock.PACKAGE_FIELD_NUMBER, indexes.packages())
        .fixed64(LogBlock.IDENTITY_HIGH_FIELD_NUMBER, identityHigh, from, to)
        .fixed64(LogBlock.IDENTITY_LOW_FIELD_NUMBER, identityLow, from, to)
        .fixed64(LogBlock.TRACE_ID_HIGH_FIELD_NUMBER, traceIdHigh, from, to)
        .fixed64(LogBlock.TRACE_ID_LOW_FIELD_NUMBER, traceIdLow, from, to)
        .fixed64(LogBlock.SPAN_ID_FIELD_NUMBER, spanId, from, to)
        .varints(LogBlock.ORIGIN_INDEX_FIELD_NUMBER, originIndex, 0, rows)
        .varints(LogBlock.PACKAGE_INDEX_FIELD_NUMBER, packageIndex, 0, rows)
        .varints(LogBlock.SEVERITY_FIELD_NUMBER, severity, from, to)
        .fixed64(LogBlock.TIME_EPOCH_NANOS_FIELD_NUMBER, time, from, to)
        .messages(LogBlock.EXCERPT_FIELD_NUMBER, blockExcerpts)
        .varints(LogBlock.SOURCE_FIELD_NUMBER, source, from, to)
        .toArray();
  }

  /** Takes the excerpt of a record into the block; returns how many bytes it takes there. */
  private int takeExcerpt(int row, int index) {
    String text = excerpts.get(row);
    if (text.isEmpty()) {
      return 0;
    }
    LogExcerpt excerpt = LogExcerpt.newBuilder().setLogIndex(index).setText(text).build();
    blockExcerpts.add(excerpt);
    return excerpt.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }
}
