// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.LogFact;
import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.LogExcerpt;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.List;

/** The log records of one block, column by column. Mutable, single-threaded. */
final class LogRows implements BlockRows {
  /** Six fixed columns and four variable ones of a record, at most. */
  private static final int LOG_BYTES = 6 * 8 + 13;

  private final PackedColumn identityHigh = new PackedColumn();
  private final PackedColumn identityLow = new PackedColumn();
  private final PackedColumn traceIdHigh = new PackedColumn();
  private final PackedColumn traceIdLow = new PackedColumn();
  private final PackedColumn spanId = new PackedColumn();
  private final PackedColumn originIndex = new PackedColumn();
  private final PackedColumn packageIndex = new PackedColumn();
  private final PackedColumn severity = new PackedColumn();
  private final PackedColumn source = new PackedColumn();
  private final PackedColumn time = new PackedColumn();
  private final SelectedRows selected = new SelectedRows();
  private final BlockIndexes indexes = new BlockIndexes();
  private final List<LogExcerpt> excerpts = new ArrayList<>();
  private final List<PanicReport> panics = new ArrayList<>();
  private int rows;
  private int bytes;

  void add(LogFact log) {
    identityHigh.fixed64(log.identityHigh());
    identityLow.fixed64(log.identityLow());
    traceIdHigh.fixed64(log.traceIdHigh());
    traceIdLow.fixed64(log.traceIdLow());
    spanId.fixed64(log.spanId());
    originIndex.varint(indexes.originIndex(log.origin()));
    packageIndex.varint(indexes.packageIndex(log.goPackage()));
    severity.varint(log.severity());
    source.varint(log.source().code());
    time.fixed64(log.timeEpochNanos());
    if (!log.excerpt().isEmpty()) {
      addExcerpt(log.excerpt());
    }
    rows++;
    bytes += LOG_BYTES;
  }

  private void addExcerpt(String text) {
    LogExcerpt excerpt = LogExcerpt.newBuilder().setLogIndex(rows).setText(text).build();
    excerpts.add(excerpt);
    bytes += excerpt.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }

  /** A panic that the record which was added last reports. */
  void addPanic(ProcessOrigin origin, PanicReport.Builder panic) {
    PanicReport report = panic.setSpanIndex(rows - 1).setOrigin(Blocks.toWire(origin)).build();
    panics.add(report);
    bytes += report.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }

  /** What the record that was added last is to selectors of objectives. */
  void selectLast(SelectionSet selection) {
    bytes += selected.add(rows - 1, selection);
  }

  @Override
  public boolean isFull() {
    return bytes + indexes.bytes() >= Blocks.TARGET_BYTES;
  }

  @Override
  public boolean isEmpty() {
    return rows == 0;
  }

  @Override
  public byte[] encode(BlockBytes block, long appendedMillis, List<Progress> progress) {
    block
        .clear()
        .messages(LogBlock.PROGRESS_FIELD_NUMBER, progress)
        .int64(LogBlock.APPENDED_MILLIS_FIELD_NUMBER, appendedMillis)
        .messages(LogBlock.ORIGIN_FIELD_NUMBER, indexes.origins())
        .strings(LogBlock.PACKAGE_FIELD_NUMBER, indexes.packages())
        .packed(LogBlock.IDENTITY_HIGH_FIELD_NUMBER, identityHigh)
        .packed(LogBlock.IDENTITY_LOW_FIELD_NUMBER, identityLow)
        .packed(LogBlock.TRACE_ID_HIGH_FIELD_NUMBER, traceIdHigh)
        .packed(LogBlock.TRACE_ID_LOW_FIELD_NUMBER, traceIdLow)
        .packed(LogBlock.SPAN_ID_FIELD_NUMBER, spanId)
        .packed(LogBlock.ORIGIN_INDEX_FIELD_NUMBER, originIndex)
        .packed(LogBlock.PACKAGE_INDEX_FIELD_NUMBER, packageIndex)
        .packed(LogBlock.SEVERITY_FIELD_NUMBER, severity)
        .packed(LogBlock.TIME_EPOCH_NANOS_FIELD_NUMBER, time)
        .messages(LogBlock.EXCERPT_FIELD_NUMBER, excerpts)
        .packed(LogBlock.SOURCE_FIELD_NUMBER, source)
        .messages(LogBlock.PANIC_FIELD_NUMBER, panics);
    return selected
        .write(
            block,
            LogBlock.SELECTED_ROW_FIELD_NUMBER,
            LogBlock.SELECTED_SET_FIELD_NUMBER,
            LogBlock.SELECTION_SET_FIELD_NUMBER)
        .toArray();
  }

  @Override
  public void clear() {
    List.of(identityHigh, identityLow, traceIdHigh, traceIdLow, spanId)
        .forEach(PackedColumn::clear);
    List.of(originIndex, packageIndex, severity, source, time).forEach(PackedColumn::clear);
    selected.clear();
    indexes.clear();
    excerpts.clear();
    panics.clear();
    rows = 0;
    bytes = 0;
  }
}
