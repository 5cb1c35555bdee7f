// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Reads log records into the tape. Mutable and single-threaded. */
final class LogParser extends RecordParser {
  private static final int PART_DEPTH = ITEM_DEPTH + 1;

  LogParser(WireReader in, RecordTape tape, AttributeKeys keys) {
    super(in, tape, keys);
  }

  @Override
  int itemCount() {
    return tape.items.size() / LogRow.STRIDE;
  }

  @Override
  void readItem() throws MalformedOtlpException {
    int row = tape.items.reserve(LogRow.STRIDE);
    long[] cells = tape.items.cells();
    int firstAttribute = tape.attributeCount();
    boolean bodySeen = false;
    int outer = in.enter(ITEM_DEPTH);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.LogRecord.TIME -> cells[row + LogRow.TIME] = in.readFixed64();
        case OtlpFields.LogRecord.SEVERITY_NUMBER ->
            cells[row + LogRow.SEVERITY_NUMBER] = (int) in.readVarint();
        case OtlpFields.LogRecord.SEVERITY_TEXT ->
            cells[row + LogRow.SEVERITY_TEXT] = in.readSlice();
        case OtlpFields.LogRecord.BODY -> {
          if (bodySeen) {
            tape.needMerge();
          }
          bodySeen = true;
          values.readValue(PART_DEPTH);
          cells[row + LogRow.BODY_KIND] = values.kind().code();
          cells[row + LogRow.BODY] = values.value();
        }
        case OtlpFields.LogRecord.ATTRIBUTES -> values.readAttribute(PART_DEPTH);
        case OtlpFields.LogRecord.FLAGS -> cells[row + LogRow.FLAGS] = in.readFixed32();
        case OtlpFields.LogRecord.TRACE_ID -> in.readLooseTraceId(cells, row + LogRow.TRACE_ID);
        case OtlpFields.LogRecord.SPAN_ID -> cells[row + LogRow.SPAN_ID] = in.readLooseSpanId();
        case OtlpFields.LogRecord.OBSERVED_TIME ->
            cells[row + LogRow.OBSERVED_TIME] = in.readFixed64();
        case OtlpFields.LogRecord.EVENT_NAME -> cells[row + LogRow.EVENT_NAME] = in.readSlice();
        default -> in.skip(tag, ITEM_DEPTH);
      }
    }
    in.leave(outer);
    cells[row + LogRow.ATTRIBUTES] = tape.attributesSince(firstAttribute);
  }
}
