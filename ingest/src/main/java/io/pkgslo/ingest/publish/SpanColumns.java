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
  /** Five fixed columns and five variable ones of a span, at most. */
  private static final int SPAN_BYTES = 5 * 8 + 30;

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

  /** Their span_index counts over all spans here until the block is written. */
  private final List<PanicReport.Builder> panics = new ArrayList<>();

  private final BlockIndexes indexes = new BlockIndexes();

  int size() {
    return origins.size();
  }

  void add(SpanFact span) {
    traceIdHigh.add(span.traceIdHigh());
    traceIdLow.add(span.traceIdLow());
    spanId.add(span.spanId());
    parentSpanId.add(span.parentSpanId());
    traits.add(span.traits());
    end.add(span.endEpochNanos());
    duration.add(span.durationNanos());
    weight.add(span.weight());
    origins.add(span.origin());
    packages.add(span.goPackage());
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
    panics.clear();
  }

  /** Writes all spans as blocks; the last one carries {@code progress}, and there is always one. */
  void write(long appendedMillis, List<Progress> progress, Blocks.Output out) {
    int from = 0;
    int panic = 0;
    do {
      SpanBlock.Builder block = SpanBlock.newBuilder().setAppendedMillis(appendedMillis);
      indexes.clear();
      int bytes = 0;
      int i = from;
      while (i < size() && bytes + indexes.bytes() < Blocks.TARGET_BYTES) {
        writeSpan(i, block);
        bytes += SPAN_BYTES;
        while (panic < panics.size() && panics.get(panic).getSpanIndex() == i) {
          bytes += writePanic(panics.get(panic++), i - from, block);
        }
        i++;
      }
      from = i;
      if (from == size()) {
        block.addAllProgress(progress);
      }
      out.block(block.addAllOrigin(indexes.origins()).addAllPackage(indexes.packages()).build());
    } while (from < size());
  }

  private void writeSpan(int i, SpanBlock.Builder block) {
    block
        .addTraceIdHigh(traceIdHigh.get(i))
        .addTraceIdLow(traceIdLow.get(i))
        .addSpanId(spanId.get(i))
        .addParentSpanId(parentSpanId.get(i))
        .addOriginIndex(indexes.originIndex(origins.get(i)))
        .addPackageIndex(indexes.packageIndex(packages.get(i)))
        .addTraits((int) traits.get(i))
        .addEndEpochNanos(end.get(i))
        .addDurationNanos(duration.get(i))
        .addWeight(weight.get(i));
  }

  private static int writePanic(PanicReport.Builder panic, int index, SpanBlock.Builder block) {
    PanicReport report = panic.setSpanIndex(index).build();
    block.addPanic(report);
    return report.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
  }
}
