// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.MetricRow.Has;
import io.pkgslo.ingest.decode.MetricRow.Point;

/** Reads metric points of all kinds into the tape. Mutable and single-threaded. */
final class PointParser {
  private final WireReader in;
  private final RecordTape tape;
  private final ValueParser values;
  private final StructureCheck structure;
  private final NumberList numbers;

  PointParser(WireReader in, RecordTape tape, ValueParser values, StructureCheck structure) {
    this.in = in;
    this.tape = tape;
    this.values = values;
    this.structure = structure;
    this.numbers = new NumberList(in, tape.numbers);
  }

  /** Reads a point of a metric of this kind. */
  void read(MetricKind kind, int depth) throws MalformedOtlpException {
    int row = tape.parts.reserve(Point.STRIDE);
    long[] cells = tape.parts.cells();
    int first = tape.attributeCount();
    int outer = in.enter(depth);
    switch (kind) {
      case GAUGE, SUM -> readNumber(cells, row, depth);
      case HISTOGRAM -> readHistogram(cells, row, depth);
      case EXPONENTIAL_HISTOGRAM -> readExponential(cells, row, depth);
      case SUMMARY -> readSummary(cells, row, depth);
      case NONE -> throw new IllegalArgumentException("a metric without data has no points");
    }
    in.leave(outer);
    cells[row + Point.ATTRIBUTES] = tape.attributesSince(first);
  }

  private void readNumber(long[] cells, int row, int depth) throws MalformedOtlpException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.NumberPoint.START_TIME -> cells[row + Point.START_TIME] = in.readFixed64();
        case OtlpFields.NumberPoint.TIME -> cells[row + Point.TIME] = in.readFixed64();
        case OtlpFields.NumberPoint.AS_DOUBLE -> {
          cells[row + Point.VALUE] = in.readFixed64();
          cells[row + Point.PRESENT] = Has.DOUBLE;
        }
        case OtlpFields.NumberPoint.AS_INT -> {
          cells[row + Point.VALUE] = in.readFixed64();
          cells[row + Point.PRESENT] = Has.INT;
        }
        case OtlpFields.NumberPoint.ATTRIBUTES -> values.readAttribute(depth + 1);
        case OtlpFields.NumberPoint.EXEMPLARS -> structure.check(MessageType.EXEMPLAR, depth + 1);
        case OtlpFields.NumberPoint.FLAGS -> cells[row + Point.FLAGS] = (int) in.readVarint();
        default -> in.skip(tag, depth);
      }
    }
  }

  private void readHistogram(long[] cells, int row, int depth) throws MalformedOtlpException {
    numbers.begin();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.HistogramPoint.START_TIME ->
            cells[row + Point.START_TIME] = in.readFixed64();
        case OtlpFields.HistogramPoint.TIME -> cells[row + Point.TIME] = in.readFixed64();
        case OtlpFields.HistogramPoint.COUNT -> cells[row + Point.COUNT] = in.readFixed64();
        case OtlpFields.HistogramPoint.SUM -> optional(cells, row, Point.SUM, Has.SUM);
        case OtlpFields.HistogramPoint.MIN -> optional(cells, row, Point.MIN, Has.MIN);
        case OtlpFields.HistogramPoint.MAX -> optional(cells, row, Point.MAX, Has.MAX);
        case OtlpFields.HistogramPoint.BUCKET_COUNTS -> numbers.addPackedFixed64();
        case OtlpFields.HistogramPoint.BUCKET_COUNT -> numbers.addFixed64();
        case OtlpFields.HistogramPoint.EXPLICIT_BOUNDS -> numbers.addPackedBounds();
        case OtlpFields.HistogramPoint.EXPLICIT_BOUND -> numbers.addBound();
        case OtlpFields.HistogramPoint.ATTRIBUTES -> values.readAttribute(depth + 1);
        case OtlpFields.HistogramPoint.EXEMPLARS ->
            structure.check(MessageType.EXEMPLAR, depth + 1);
        case OtlpFields.HistogramPoint.FLAGS -> cells[row + Point.FLAGS] = (int) in.readVarint();
        default -> in.skip(tag, depth);
      }
    }
    cells[row + Point.COUNTS] = numbers.endCounts();
    cells[row + Point.BOUNDS] = numbers.endBounds();
  }

  private void readExponential(long[] cells, int row, int depth) throws MalformedOtlpException {
    boolean positiveSeen = false;
    boolean negativeSeen = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.ExponentialPoint.ATTRIBUTES -> values.readAttribute(depth + 1);
        case OtlpFields.ExponentialPoint.START_TIME ->
            cells[row + Point.START_TIME] = in.readFixed64();
        case OtlpFields.ExponentialPoint.TIME -> cells[row + Point.TIME] = in.readFixed64();
        case OtlpFields.ExponentialPoint.COUNT -> cells[row + Point.COUNT] = in.readFixed64();
        case OtlpFields.ExponentialPoint.SUM -> optional(cells, row, Point.SUM, Has.SUM);
        case OtlpFields.ExponentialPoint.SCALE -> cells[row + Point.SCALE] = in.readZigzag();
        case OtlpFields.ExponentialPoint.ZERO_COUNT ->
            cells[row + Point.ZERO_COUNT] = in.readFixed64();
        case OtlpFields.ExponentialPoint.POSITIVE -> {
          mergeIf(positiveSeen);
          positiveSeen = true;
          readBuckets(cells, row + Point.POSITIVE_OFFSET, row + Point.COUNTS, depth + 1);
        }
        case OtlpFields.ExponentialPoint.NEGATIVE -> {
          mergeIf(negativeSeen);
          negativeSeen = true;
          readBuckets(cells, row + Point.NEGATIVE_OFFSET, row + Point.BOUNDS, depth + 1);
        }
        case OtlpFields.ExponentialPoint.FLAGS -> cells[row + Point.FLAGS] = (int) in.readVarint();
        case OtlpFields.ExponentialPoint.EXEMPLARS ->
            structure.check(MessageType.EXEMPLAR, depth + 1);
        case OtlpFields.ExponentialPoint.MIN -> optional(cells, row, Point.MIN, Has.MIN);
        case OtlpFields.ExponentialPoint.MAX -> optional(cells, row, Point.MAX, Has.MAX);
        case OtlpFields.ExponentialPoint.ZERO_THRESHOLD ->
            cells[row + Point.ZERO_THRESHOLD] = in.readFixed64();
        default -> in.skip(tag, depth);
      }
    }
  }

  private void mergeIf(boolean seenBefore) {
    if (seenBefore) {
      tape.needMerge();
    }
  }

  private void readBuckets(long[] cells, int offsetCell, int countsCell, int depth)
      throws MalformedOtlpException {
    numbers.begin();
    int outer = in.enter(depth);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Buckets.OFFSET -> cells[offsetCell] = in.readZigzag();
        case OtlpFields.Buckets.BUCKET_COUNTS -> numbers.addPackedVarints();
        case OtlpFields.Buckets.BUCKET_COUNT -> numbers.addVarint();
        default -> in.skip(tag, depth);
      }
    }
    in.leave(outer);
    cells[countsCell] = numbers.endCounts();
  }

  private void readSummary(long[] cells, int row, int depth) throws MalformedOtlpException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.SummaryPoint.START_TIME -> cells[row + Point.START_TIME] = in.readFixed64();
        case OtlpFields.SummaryPoint.TIME -> cells[row + Point.TIME] = in.readFixed64();
        case OtlpFields.SummaryPoint.COUNT -> cells[row + Point.COUNT] = in.readFixed64();
        case OtlpFields.SummaryPoint.SUM -> optional(cells, row, Point.SUM, Has.SUM);
        case OtlpFields.SummaryPoint.QUANTILE_VALUES ->
            structure.check(MessageType.QUANTILE_VALUE, depth + 1);
        case OtlpFields.SummaryPoint.ATTRIBUTES -> values.readAttribute(depth + 1);
        case OtlpFields.SummaryPoint.FLAGS -> cells[row + Point.FLAGS] = (int) in.readVarint();
        default -> in.skip(tag, depth);
      }
    }
  }

  private void optional(long[] cells, int row, int cell, int bit) throws MalformedOtlpException {
    cells[row + cell] = in.readFixed64();
    cells[row + Point.PRESENT] |= bit;
  }
}
