// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * One log record. A flyweight, see the package.
 *
 * <p>An id that is missing, of a wrong length or all zero is absent, and reads as 0; one that was
 * stored as its hex digits is decoded. Ids in attributes and bodies are for the next stage to find.
 */
public final class LogRecordView {
  private final RecordTape tape;
  private final AttributesView attributes;
  private final LogIdentities identities;
  private final AnyValueView body = new AnyValueView();
  private final Slice severityText = new Slice();
  private final Slice eventName = new Slice();
  private final Hash128 identity = new Hash128();
  private int row;
  private boolean identityKnown;

  LogRecordView(RecordTape tape, AttributeKeys keys, LogIdentities identities) {
    this.tape = tape;
    this.attributes = new AttributesView(tape, keys);
    this.identities = identities;
  }

  void moveTo(int newRow) {
    row = newRow;
    identityKnown = false;
    attributes.moveTo(cell(LogRow.ATTRIBUTES));
  }

  private long cell(int index) {
    return tape.items.get(row + index);
  }

  /** When it happened, unsigned; 0 when the sender does not say. */
  public long timeEpochNanos() {
    return cell(LogRow.TIME);
  }

  /** When it was collected, unsigned; 0 when absent. */
  public long observedEpochNanos() {
    return cell(LogRow.OBSERVED_TIME);
  }

  /** The record's event time: its time, else the observed one, else 0. */
  public long eventEpochNanos() {
    long time = timeEpochNanos();
    return time != 0 ? time : observedEpochNanos();
  }

  /** OTLP severity number: 1 to 24, 0 unspecified; another number as the sender wrote it. */
  public int severityNumber() {
    return (int) cell(LogRow.SEVERITY_NUMBER);
  }

  /** Empty when absent. */
  public Slice severityText() {
    return severityText.wrapPacked(tape.buffer(), cell(LogRow.SEVERITY_TEXT));
  }

  /** The body; EMPTY when absent. */
  public AnyValueView body() {
    return body.moveTo(
        tape.buffer(), ValueKind.ofCode((int) cell(LogRow.BODY_KIND)), cell(LogRow.BODY));
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }

  /** The low byte is W3C's trace flags. */
  public int flags() {
    return (int) cell(LogRow.FLAGS);
  }

  /** High half of the trace id, big-endian. */
  public long traceIdHigh() {
    return cell(LogRow.TRACE_ID);
  }

  /** Low half of the trace id, big-endian. */
  public long traceIdLow() {
    return cell(LogRow.TRACE_ID + 1);
  }

  public boolean hasTraceId() {
    return (traceIdHigh() | traceIdLow()) != 0;
  }

  /** 0 when absent. */
  public long spanId() {
    return cell(LogRow.SPAN_ID);
  }

  /** Empty when absent. */
  public Slice eventName() {
    return eventName.wrapPacked(tape.buffer(), cell(LogRow.EVENT_NAME));
  }

  /**
   * The record's identity, by which a second delivery is known: a hash over resource, scope, both
   * times, severity, body, attributes, ids, flags and event name, and the record's ordinal among
   * equal ones of the same value. It does not depend on encoding or grouping. Do not keep the
   * object.
   *
   * <p>Ordinals count the records whose identity was asked for: ask for all of them, or choose by
   * content only.
   */
  public Hash128 identity() {
    if (!identityKnown) {
      identities.identify(this, identity);
      identityKnown = true;
    }
    return identity;
  }
}
