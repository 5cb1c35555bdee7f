// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The fields of a span as SDKs and the Collector write them: tags and lengths in as few bytes as
 * they can have, ids of the right length, attributes with text or a number. The position is a local
 * variable here, which {@link WireReader} cannot offer; that alone halves the cost of a span.
 *
 * <p>Whatever looks otherwise, sound or broken, is left to {@link SpanParser}: a field is read here
 * to its end or not at all. Single-threaded.
 */
final class PlainSpanFields {
  /** The field at this place is not plain. */
  static final int ODD = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Tag and length, or tag and number, of one byte each. */
  private static final int HEAD = 2;

  private static final int VARINT_BITS = 7;

  private final PlainAttributes attributes;

  PlainSpanFields(PlainAttributes attributes) {
    this.attributes = attributes;
  }

  /**
   * Reads as many plain fields as follow each other.
   *
   * @param end of the span
   * @param row of the span in {@code cells}
   * @return where the first other field starts, or {@code end}
   */
  int read(byte[] buffer, int from, int end, long[] cells, int row) {
    int at = from;
    while (end - at >= HEAD) {
      int next =
          buffer[at] == OtlpFields.Span.ATTRIBUTES
              ? attributes.read(buffer, at + 1, end)
              : field(buffer, at, end, cells, row);
      if (next == ODD) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private static int field(byte[] buffer, int at, int end, long[] cells, int row) {
    return switch (buffer[at]) {
      case OtlpFields.Span.TRACE_ID -> traceId(buffer, at, end, cells, row + SpanRow.TRACE_ID);
      case OtlpFields.Span.SPAN_ID -> spanId(buffer, at, end, cells, row + SpanRow.SPAN_ID);
      case OtlpFields.Span.PARENT_SPAN_ID ->
          spanId(buffer, at, end, cells, row + SpanRow.PARENT_SPAN_ID);
      case OtlpFields.Span.TRACE_STATE -> text(buffer, at, end, cells, row + SpanRow.TRACE_STATE);
      case OtlpFields.Span.NAME -> text(buffer, at, end, cells, row + SpanRow.NAME);
      case OtlpFields.Span.KIND -> number(buffer, at, cells, row + SpanRow.KIND);
      case OtlpFields.Span.START_TIME -> time(buffer, at, end, cells, row + SpanRow.START_TIME);
      case OtlpFields.Span.END_TIME -> time(buffer, at, end, cells, row + SpanRow.END_TIME);
      case OtlpFields.Span.STATUS -> status(buffer, at, end, cells, row + SpanRow.STATUS_CODE);
      case (byte) OtlpFields.Span.FLAGS -> flags(buffer, at, end, cells, row + SpanRow.FLAGS);
      default -> ODD;
    };
  }

  private static int traceId(byte[] buffer, int at, int end, long[] cells, int cell) {
    int next = at + HEAD + 2 * Long.BYTES;
    if (next > end || buffer[at + 1] != 2 * Long.BYTES) {
      return ODD;
    }
    cells[cell] = (long) BIG_ENDIAN.get(buffer, at + HEAD);
    cells[cell + 1] = (long) BIG_ENDIAN.get(buffer, at + HEAD + Long.BYTES);
    return next;
  }

  private static int spanId(byte[] buffer, int at, int end, long[] cells, int cell) {
    int next = at + HEAD + Long.BYTES;
    if (next > end || buffer[at + 1] != Long.BYTES) {
      return ODD;
    }
    cells[cell] = (long) BIG_ENDIAN.get(buffer, at + HEAD);
    return next;
  }

  private static int text(byte[] buffer, int at, int end, long[] cells, int cell) {
    int length = buffer[at + 1];
    int next = at + HEAD + length;
    if (length < 0 || next > end) {
      return ODD;
    }
    cells[cell] = Packed.of(at + HEAD, length);
    return next;
  }

  private static int number(byte[] buffer, int at, long[] cells, int cell) {
    byte value = buffer[at + 1];
    if (value < 0) {
      return ODD;
    }
    cells[cell] = value;
    return at + HEAD;
  }

  private static int time(byte[] buffer, int at, int end, long[] cells, int cell) {
    int next = at + 1 + Long.BYTES;
    if (next > end) {
      return ODD;
    }
    cells[cell] = (long) LONGS.get(buffer, at + 1);
    return next;
  }

  /** An empty one, which the Collector always writes, or a code without a message. */
  private static int status(byte[] buffer, int at, int end, long[] cells, int cell) {
    int length = buffer[at + 1];
    if (length == 0) {
      return at + HEAD;
    }
    int code = at + HEAD;
    boolean codeOnly =
        length == HEAD && code + HEAD <= end && buffer[code] == OtlpFields.Status.CODE;
    return codeOnly ? number(buffer, code, cells, cell) : ODD;
  }

  private static int flags(byte[] buffer, int at, int end, long[] cells, int cell) {
    int next = at + HEAD + Integer.BYTES;
    if (next > end || buffer[at + 1] != OtlpFields.Span.FLAGS >>> VARINT_BITS) {
      return ODD;
    }
    cells[cell] = (int) INTS.get(buffer, at + HEAD);
    return next;
  }
}
