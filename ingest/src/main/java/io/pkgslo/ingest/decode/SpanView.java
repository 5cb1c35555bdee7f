// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * One span. Its identity is its trace id and span id. A flyweight, see the package.
 *
 * <p>An id that is missing, of a wrong length or all zero is absent, and reads as 0.
 */
public final class SpanView {
  private static final int HAS_IS_REMOTE = 0x100;
  private static final int IS_REMOTE = 0x200;

  private final RecordTape tape;
  private final AttributesView attributes;
  private final SpanEventCursor events;
  private final Slice name = new Slice();
  private final Slice traceState = new Slice();
  private final Slice statusMessage = new Slice();
  private int row;

  SpanView(RecordTape tape, AttributeKeys keys) {
    this.tape = tape;
    this.attributes = new AttributesView(tape, keys);
    this.events = new SpanEventCursor(tape, keys);
  }

  void moveTo(int newRow) {
    row = newRow;
    attributes.moveTo(cell(SpanRow.ATTRIBUTES));
  }

  private long cell(int index) {
    return tape.items.get(row + index);
  }

  /** High half of the trace id, big-endian. */
  public long traceIdHigh() {
    return cell(SpanRow.TRACE_ID);
  }

  /** Low half of the trace id, big-endian. */
  public long traceIdLow() {
    return cell(SpanRow.TRACE_ID + 1);
  }

  public boolean hasTraceId() {
    return (traceIdHigh() | traceIdLow()) != 0;
  }

  /** 0 when absent. */
  public long spanId() {
    return cell(SpanRow.SPAN_ID);
  }

  /** 0 for a root. */
  public long parentSpanId() {
    return cell(SpanRow.PARENT_SPAN_ID);
  }

  /** W3C tracestate; empty when absent. */
  public Slice traceState() {
    return traceState.wrapPacked(tape.buffer(), cell(SpanRow.TRACE_STATE));
  }

  public Slice name() {
    return name.wrapPacked(tape.buffer(), cell(SpanRow.NAME));
  }

  /** As OTLP numbers it: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  public int kind() {
    return (int) cell(SpanRow.KIND);
  }

  /** Unsigned; 0 when absent. */
  public long startEpochNanos() {
    return cell(SpanRow.START_TIME);
  }

  /** Unsigned; 0 when absent. */
  public long endEpochNanos() {
    return cell(SpanRow.END_TIME);
  }

  /** As OTLP numbers it: 0 unset, 1 ok, 2 error; another number as the sender wrote it. */
  public int statusCode() {
    return (int) cell(SpanRow.STATUS_CODE);
  }

  /** Empty when absent. */
  public Slice statusMessage() {
    return statusMessage.wrapPacked(tape.buffer(), cell(SpanRow.STATUS_MESSAGE));
  }

  /** The low byte is W3C's trace flags; see {@link #parentIsRemote()} for the others in use. */
  public int flags() {
    return (int) cell(SpanRow.FLAGS);
  }

  /** Whether the sender says at all where the parent is. */
  public boolean parentPlaceKnown() {
    return (flags() & HAS_IS_REMOTE) != 0;
  }

  /** Whether the sender says that the parent is in another process. */
  public boolean parentIsRemote() {
    int both = HAS_IS_REMOTE | IS_REMOTE;
    return (flags() & both) == both;
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }

  public int eventCount() {
    return Packed.low(cell(SpanRow.EVENTS));
  }

  /** The events, from the first. Each call starts over with the same cursor. */
  public SpanEventCursor events() {
    return events.moveTo(cell(SpanRow.EVENTS));
  }
}
