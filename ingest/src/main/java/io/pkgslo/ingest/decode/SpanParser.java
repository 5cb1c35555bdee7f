// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Reads spans into the tape. Mutable and single-threaded. */
final class SpanParser extends RecordParser {
  private static final int PART_DEPTH = ITEM_DEPTH + 1;

  private final PlainSpanFields plain;

  SpanParser(WireReader in, RecordTape tape, AttributeKeys keys) {
    super(in, tape, keys);
    this.plain = new PlainSpanFields(new PlainAttributes(tape, keys));
  }

  @Override
  int itemCount() {
    return tape.items.size() / SpanRow.STRIDE;
  }

  @Override
  void readItem() throws MalformedOtlpException {
    int row = tape.items.reserve(SpanRow.STRIDE);
    long[] cells = tape.items.cells();
    int firstAttribute = tape.attributeCount();
    int firstEvent = tape.parts.size();
    int outer = in.enter(ITEM_DEPTH);
    for (int tag = nextOddTag(cells, row); tag != 0; tag = nextOddTag(cells, row)) {
      readField(tag, cells, row);
    }
    cells[row + SpanRow.ATTRIBUTES] = tape.attributesSince(firstAttribute);
    readEvents(cells, row, firstEvent);
    in.leave(outer);
  }

  /** Reads plain fields; returns the tag of the next one that is not, or 0 at the end. */
  private int nextOddTag(long[] cells, int row) throws MalformedOtlpException {
    in.moveTo(plain.read(in.buffer(), in.position(), in.limit(), cells, row));
    return in.readTag();
  }

  private void readField(int tag, long[] cells, int row) throws MalformedOtlpException {
    switch (tag) {
      case OtlpFields.Span.TRACE_ID -> in.readTraceId(cells, row + SpanRow.TRACE_ID);
      case OtlpFields.Span.SPAN_ID -> cells[row + SpanRow.SPAN_ID] = in.readSpanId();
      case OtlpFields.Span.TRACE_STATE -> cells[row + SpanRow.TRACE_STATE] = in.readSlice();
      case OtlpFields.Span.PARENT_SPAN_ID -> cells[row + SpanRow.PARENT_SPAN_ID] = in.readSpanId();
      case OtlpFields.Span.NAME -> cells[row + SpanRow.NAME] = in.readSlice();
      case OtlpFields.Span.KIND -> cells[row + SpanRow.KIND] = (int) in.readVarint();
      case OtlpFields.Span.START_TIME -> cells[row + SpanRow.START_TIME] = in.readFixed64();
      case OtlpFields.Span.END_TIME -> cells[row + SpanRow.END_TIME] = in.readFixed64();
      case OtlpFields.Span.ATTRIBUTES -> values.readAskedAttribute(PART_DEPTH);
      case OtlpFields.Span.EVENTS -> noteEvent();
      case OtlpFields.Span.LINKS -> structure.check(MessageType.SPAN_LINK, PART_DEPTH);
      case OtlpFields.Span.STATUS -> readStatus(cells, row);
      case OtlpFields.Span.FLAGS -> cells[row + SpanRow.FLAGS] = in.readFixed32();
      default -> in.skip(tag, ITEM_DEPTH);
    }
  }

  // It has scalars only: where there are two, reading both into one row merges them.
  private void readStatus(long[] cells, int row) throws MalformedOtlpException {
    int outer = in.enter(PART_DEPTH);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Status.MESSAGE -> cells[row + SpanRow.STATUS_MESSAGE] = in.readSlice();
        case OtlpFields.Status.CODE -> cells[row + SpanRow.STATUS_CODE] = (int) in.readVarint();
        default -> in.skip(tag, PART_DEPTH);
      }
    }
    in.leave(outer);
  }

  // Only its place for now: attributes of the span may follow it, and theirs have to stay together.
  private void noteEvent() throws MalformedOtlpException {
    int event = tape.parts.reserve(SpanRow.Event.STRIDE);
    tape.parts.set(event, in.readSlice());
  }

  private void readEvents(long[] cells, int row, int firstEvent) throws MalformedOtlpException {
    int end = tape.parts.size();
    if (firstEvent == end) {
      return;
    }
    cells[row + SpanRow.EVENTS] = Packed.of(firstEvent, (end - firstEvent) / SpanRow.Event.STRIDE);
    int resumeAt = in.position();
    for (int event = firstEvent; event < end; event += SpanRow.Event.STRIDE) {
      int outer = in.descend(tape.parts.get(event));
      readEvent(event);
      in.resume(resumeAt, outer);
    }
  }

  private void readEvent(int event) throws MalformedOtlpException {
    long[] cells = tape.parts.cells();
    int firstAttribute = tape.attributeCount();
    cells[event + SpanRow.Event.TIME] = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Event.TIME -> cells[event + SpanRow.Event.TIME] = in.readFixed64();
        case OtlpFields.Event.NAME -> cells[event + SpanRow.Event.NAME] = in.readSlice();
        case OtlpFields.Event.ATTRIBUTES -> values.readAskedAttribute(PART_DEPTH + 1);
        default -> in.skip(tag, PART_DEPTH);
      }
    }
    cells[event + SpanRow.Event.ATTRIBUTES] = tape.attributesSince(firstAttribute);
  }
}
