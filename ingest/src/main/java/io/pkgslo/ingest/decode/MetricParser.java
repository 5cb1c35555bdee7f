// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Reads metrics into the tape. Mutable and single-threaded. */
final class MetricParser extends RecordParser {
  private static final int DATA_DEPTH = ITEM_DEPTH + 1;
  private static final int POINT_DEPTH = DATA_DEPTH + 1;

  private final PointParser points;

  MetricParser(WireReader in, RecordTape tape, AttributeKeys keys) {
    super(in, tape, keys);
    this.points = new PointParser(in, tape, values, structure);
  }

  @Override
  int itemCount() {
    return tape.items.size() / MetricRow.STRIDE;
  }

  @Override
  void readItem() throws MalformedOtlpException {
    int row = tape.items.reserve(MetricRow.STRIDE);
    long[] cells = tape.items.cells();
    boolean dataSeen = false;
    int outer = in.enter(ITEM_DEPTH);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Metric.NAME -> cells[row + MetricRow.NAME] = in.readSlice();
        case OtlpFields.Metric.DESCRIPTION -> cells[row + MetricRow.DESCRIPTION] = in.readSlice();
        case OtlpFields.Metric.UNIT -> cells[row + MetricRow.UNIT] = in.readSlice();
        case OtlpFields.Metric.METADATA -> structure.check(MessageType.KEY_VALUE, DATA_DEPTH);
        case OtlpFields.Metric.GAUGE,
            OtlpFields.Metric.SUM,
            OtlpFields.Metric.HISTOGRAM,
            OtlpFields.Metric.EXPONENTIAL_HISTOGRAM,
            OtlpFields.Metric.SUMMARY -> {
          if (dataSeen) {
            tape.needMerge();
          }
          dataSeen = true;
          readData(MetricKind.ofTag(tag), cells, row);
        }
        default -> in.skip(tag, ITEM_DEPTH);
      }
    }
    in.leave(outer);
  }

  private void readData(MetricKind kind, long[] cells, int row) throws MalformedOtlpException {
    int firstPoint = tape.parts.size();
    int outer = in.enter(DATA_DEPTH);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == OtlpFields.MetricData.POINTS) {
        points.read(kind, POINT_DEPTH);
      } else if (tag == OtlpFields.MetricData.TEMPORALITY && kind.hasTemporality()) {
        cells[row + MetricRow.TEMPORALITY] = (int) in.readVarint();
      } else if (tag == OtlpFields.MetricData.IS_MONOTONIC && kind == MetricKind.SUM) {
        cells[row + MetricRow.MONOTONIC] = in.readVarint() != 0 ? 1 : 0;
      } else {
        in.skip(tag, DATA_DEPTH);
      }
    }
    in.leave(outer);
    cells[row + MetricRow.KIND] = kind.code();
    cells[row + MetricRow.POINTS] =
        Packed.of(firstPoint, (tape.parts.size() - firstPoint) / MetricRow.Point.STRIDE);
  }
}
