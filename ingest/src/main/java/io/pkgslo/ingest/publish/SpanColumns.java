// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.ingest.attribute.SpanFact;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/** The spans of one transaction for one partition. Mutable, single-threaded. */
final class SpanColumns {
  /** Five fixed columns and six variable ones of a span, at most. */
  private static final int SPAN_BYTES = 5 * 8 + 33;

  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final LongColumn parentSpanId = new LongColumn();
  private final LongColumn traits = new LongColumn();
  private final LongColumn end = new LongColumn();
  private final LongColumn duration = new LongColumn();
  private final LongColumn weight = new LongColumn();
  private final List<ProcessOrigin> origins = new ArrayList<>();
  private final List<String> packages = new ArrayList<>();
  private final List<String> peers = new ArrayList<>();

  /** Their span_index counts over all spans here until the block is written. */
  private final List<PanicReport.Builder> panics = new ArrayList<>();

  // Of the block that is being written.
  private final BlockIndexes indexes = new BlockIndexes();
  private final LongColumn originIndex = new LongColumn();
  private final LongColumn packageIndex = new LongColumn();
  private final LongColumn peerIndex = new LongColumn();
  private final List<PanicReport> blockPanics = new ArrayList<>();
  private final BlockBytes block = new BlockBytes();

  int size() {
    return origins.size();
  }

  void add(SpanFact span) {
    traceIdHigh.add(span.traceIdHigh());
    traceIdLow.add(span.traceIdLow());
    spanId.add(span.spanId());
    parentSpanId.add(span.parentSpanId());
    traits.add(Integer.toUnsignedLong(span.traits()));
    end.add(span.endEpochNanos());
    duration.add(span.durationNanos());
    weight.add(span.weight());
    origins.add(span.origin());
    packages.add(span.goPackage());
    peers.add(span.peer());
  }

  void addPanicOfLast(PanicReport.Builder panic) {
    int last = size() - 1;
    panics.add(panic.setSpanIndex(last).setOrigin(Blocks.toWire(origins.get(last))));
  }

  void clear() {
    List.of(traceIdHigh, traceIdLow, spanId, parentSpanId, traits, end, duration, weight)
        .forEach(LongColumn::clear);
    origins.clear();
    packages.clear();
    peers.clear();
    panics.clear();
  }

  /** Writes all spans as blocks; the last one carries {@code progress}, and there is always one. */
  void write(long appendedMillis, List<Progress> progress, Blocks.Output out) {
    int from = 0;
    int panic = 0;
    do {
      indexes.clear();
      originIndex.clear();
      packageIndex.clear();
      peerIndex.clear();
      blockPanics.clear();
      int bytes = 0;
      int to = from;
      while (to < size() && bytes + indexes.bytes() < Blocks.TARGET_BYTES) {
        originIndex.add(indexes.originIndex(origins.get(to)));
        packageIndex.add(indexes.packageIndex(packages.get(to)));
        peerIndex.add(indexes.peerIndex(peers.get(to)));
        bytes += SPAN_BYTES;
        while (panic < panics.size() && panics.get(panic).getSpanIndex() == to) {
          PanicReport report = panics.get(panic++).setSpanIndex(to - from).build();
          blockPanics.add(report);
          bytes += report.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
        }
        to++;
      }
      out.block(encode(from, to, appendedMillis, to == size() ? progress : List.of()));
      from = to;
    } while (from < size());
  }

  private byte[] encode(int from, int to, long appendedMillis, List<Progress> progress) {
    int rows = to - from;
    List<String> named = indexes.peers();
    return block
        .clear()
        .messages(SpanBlock.PROGRESS_FIELD_NUMBER, progress)
        .int64(SpanBlock.APPENDED_MILLIS_FIELD_NUMBER, appendedMillis)
        .messages(SpanBlock.ORIGIN_FIELD_NUMBER, indexes.origins())
        .strings(SpanBlock.PACKAGE_FIELD_NUMBER, indexes.packages())
        .fixed64(SpanBlock.TRACE_ID_HIGH_FIELD_NUMBER, traceIdHigh, from, to)
        .fixed64(SpanBlock.TRACE_ID_LOW_FIELD_NUMBER, traceIdLow, from, to)
        .fixed64(SpanBlock.SPAN_ID_FIELD_NUMBER, spanId, from, to)
        .fixed64(SpanBlock.PARENT_SPAN_ID_FIELD_NUMBER, parentSpanId, from, to)
        .varints(SpanBlock.ORIGIN_INDEX_FIELD_NUMBER, originIndex, 0, rows)
        .varints(SpanBlock.PACKAGE_INDEX_FIELD_NUMBER, packageIndex, 0, rows)
        .varints(SpanBlock.TRAITS_FIELD_NUMBER, traits, from, to)
        .fixed64(SpanBlock.END_EPOCH_NANOS_FIELD_NUMBER, end, from, to)
        .varints(SpanBlock.DURATION_NANOS_FIELD_NUMBER, duration, from, to)
        .varints(SpanBlock.WEIGHT_FIELD_NUMBER, weight, from, to)
        .messages(SpanBlock.PANIC_FIELD_NUMBER, blockPanics)
        .strings(SpanBlock.PEER_FIELD_NUMBER, named)
        .varints(SpanBlock.PEER_INDEX_FIELD_NUMBER, peerIndex, 0, named.isEmpty() ? 0 : rows)
        .toArray();
  }
}
