// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.SpanFact;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/** The spans of one block, column by column. Mutable, single-threaded. */
final class SpanRows implements BlockRows {
  /** Five fixed columns and six variable ones of a span, at most. */
  private static final int SPAN_BYTES = 5 * 8 + 33;

  private final PackedColumn traceIdHigh = new PackedColumn();
  private final PackedColumn traceIdLow = new PackedColumn();
  private final PackedColumn spanId = new PackedColumn();
  private final PackedColumn parentSpanId = new PackedColumn();
  private final PackedColumn originIndex = new PackedColumn();
  private final PackedColumn packageIndex = new PackedColumn();
  private final PackedColumn traits = new PackedColumn();
  private final PackedColumn end = new PackedColumn();
  private final PackedColumn duration = new PackedColumn();
  private final PackedColumn weight = new PackedColumn();
  private final PackedColumn peerIndex = new PackedColumn();
  private final PackedColumn absent = new PackedColumn();
  private final SelectedRows selected = new SelectedRows();
  private final BlockIndexes indexes = new BlockIndexes();
  private final List<PanicReport> panics = new ArrayList<>();
  private int lastOrigin;
  private int rows;
  private int bytes;

  void add(SpanFact span) {
    lastOrigin = indexes.originIndex(span.origin());
    traceIdHigh.fixed64(span.traceIdHigh());
    traceIdLow.fixed64(span.traceIdLow());
    spanId.fixed64(span.spanId());
    parentSpanId.fixed64(span.parentSpanId());
    originIndex.varint(lastOrigin);
    packageIndex.varint(indexes.packageIndex(span.goPackage()));
    traits.varint(Integer.toUnsignedLong(span.traits()));
    end.fixed64(span.endEpochNanos());
    duration.varint(span.durationNanos());
    weight.varint(span.weight());
    peerIndex.varint(indexes.peerIndex(span.peer()));
    rows++;
    bytes += SPAN_BYTES;
  }

  /** A panic of the span that was added last. */
  void addPanic(PanicReport.Builder panic) {
    Origin origin = indexes.origins().get(lastOrigin);
    PanicReport report = panic.setSpanIndex(rows - 1).setOrigin(origin).build();
    panics.add(report);
    bytes += report.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }

  /** What the span that was added last is to selectors of objectives. */
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
    List<String> named = indexes.peers();
    block
        .clear()
        .messages(SpanBlock.PROGRESS_FIELD_NUMBER, progress)
        .int64(SpanBlock.APPENDED_MILLIS_FIELD_NUMBER, appendedMillis)
        .messages(SpanBlock.ORIGIN_FIELD_NUMBER, indexes.origins())
        .strings(SpanBlock.PACKAGE_FIELD_NUMBER, indexes.packages())
        .packed(SpanBlock.TRACE_ID_HIGH_FIELD_NUMBER, traceIdHigh)
        .packed(SpanBlock.TRACE_ID_LOW_FIELD_NUMBER, traceIdLow)
        .packed(SpanBlock.SPAN_ID_FIELD_NUMBER, spanId)
        .packed(SpanBlock.PARENT_SPAN_ID_FIELD_NUMBER, parentSpanId)
        .packed(SpanBlock.ORIGIN_INDEX_FIELD_NUMBER, originIndex)
        .packed(SpanBlock.PACKAGE_INDEX_FIELD_NUMBER, packageIndex)
        .packed(SpanBlock.TRAITS_FIELD_NUMBER, traits)
        .packed(SpanBlock.END_EPOCH_NANOS_FIELD_NUMBER, end)
        .packed(SpanBlock.DURATION_NANOS_FIELD_NUMBER, duration)
        .packed(SpanBlock.WEIGHT_FIELD_NUMBER, weight)
        .messages(SpanBlock.PANIC_FIELD_NUMBER, panics)
        .strings(SpanBlock.PEER_FIELD_NUMBER, named)
        .packed(SpanBlock.PEER_INDEX_FIELD_NUMBER, named.isEmpty() ? absent : peerIndex);
    return selected
        .write(
            block,
            SpanBlock.SELECTED_ROW_FIELD_NUMBER,
            SpanBlock.SELECTED_SET_FIELD_NUMBER,
            SpanBlock.SELECTION_SET_FIELD_NUMBER)
        .toArray();
  }

  @Override
  public void clear() {
    List.of(traceIdHigh, traceIdLow, spanId, parentSpanId, originIndex)
        .forEach(PackedColumn::clear);
    List.of(packageIndex, traits, end, duration, weight, peerIndex).forEach(PackedColumn::clear);
    selected.clear();
    indexes.clear();
    panics.clear();
    rows = 0;
    bytes = 0;
  }
}
