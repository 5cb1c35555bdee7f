// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads protobuf's wire format from an array. Every read is checked against the innermost message's
 * end, and every length before it is believed. Mutable and single-threaded.
 *
 * <p>Where the format leaves a choice it does what the official Java classes do: tags, lengths and
 * 32-bit values keep the low 32 bits of their varint, a varint has at most ten bytes, tag 0, wire
 * types 6 and 7 and an end-group without its group are errors. It does not check UTF-8: Go programs
 * send broken text, the Collector passes it on, and one log line must not cost its whole batch.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;

  private static final int HEX_PER_LONG = 2 * Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int maxDepth;
  private byte[] buffer = new byte[0];
  private int start;
  private int position;
  private int limit;
  private DecodeFailure overrun = DecodeFailure.TRUNCATED;

  WireReader(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  void open(byte[] array, int offset, int length) {
    buffer = array;
    start = offset;
    position = offset;
    limit = offset + length;
    overrun = DecodeFailure.TRUNCATED;
  }

  /**
   * Starts over, once the outermost fields are known to be whole: what overruns its message from
   * now on was not cut off, it is nonsense.
   */
  void reopenWhole() {
    open(buffer, start, limit - start);
    overrun = DecodeFailure.MALFORMED;
  }

  int position() {
    return position;
  }

  /** End of the current message. */
  int limit() {
    return limit;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Goes on at a place within the current message. */
  void moveTo(int place) {
    position = place;
  }

  boolean atLimit() {
    return position == limit;
  }

  /** Enters a packed field; {@link #leave} goes back. */
  int enterPacked() throws MalformedOtlpException {
    int length = readLength();
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** A sint32. */
  int readZigzag() throws MalformedOtlpException {
    int value = (int) readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Distance of a place in the array from the start of the record. */
  int offsetOf(int place) {
    return place - start;
  }

  /** The next tag of the current message, or 0 at its end. */
  int readTag() throws MalformedOtlpException {
    if (position == limit) {
      return 0;
    }
    int tag = buffer[position];
    if (tag > 0) {
      position++;
    } else {
      tag = (int) readVarint();
    }
    if (tag >>> TYPE_BITS == 0) {
      throw malformed("field number 0");
    }
    return tag;
  }

  long readVarint() throws MalformedOtlpException {
    if (position < limit && buffer[position] >= 0) {
      return buffer[position++];
    }
    return readLongVarint();
  }

  private long readLongVarint() throws MalformedOtlpException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
      if (position == limit) {
        throw overrun("varint runs past the end");
      }
      byte next = buffer[position++];
      value |= (long) (next & VARINT_MASK) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("varint of more than 10 bytes");
  }

  long readFixed64() throws MalformedOtlpException {
    if (limit - position < Long.BYTES) {
      throw overrun("fixed64 runs past the end");
    }
    long value = (long) LONGS.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  int readFixed32() throws MalformedOtlpException {
    if (limit - position < Integer.BYTES) {
      throw overrun("fixed32 runs past the end");
    }
    int value = (int) INTS.get(buffer, position);
    position += Integer.BYTES;
    return value;
  }

  /** Reads a length, checked against the current message; the bytes follow at {@link #position}. */
  int readLength() throws MalformedOtlpException {
    int length = (int) readVarint();
    if (length < 0) {
      throw malformed("negative length");
    }
    if (length > limit - position) {
      throw overrun("field of " + length + " bytes runs past the end");
    }
    return length;
  }

  /** Reads a length-delimited field as offset and length, without touching its bytes. */
  long readSlice() throws MalformedOtlpException {
    int length = readLength();
    long slice = Packed.of(position, length);
    position += length;
    return slice;
  }

  /** Enters the message that follows; returns what {@link #leave} wants back. */
  int enter(int depth) throws MalformedOtlpException {
    int length = readLength();
    if (depth > maxDepth) {
      throw tooDeep();
    }
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Returns to the message around, once {@link #readTag} has said 0. */
  void leave(int outerLimit) {
    limit = outerLimit;
  }

  /** Moves into bytes that were read as a slice before; {@link #resume} goes back. */
  int descend(long slice) {
    int outer = limit;
    position = Packed.high(slice);
    limit = position + Packed.low(slice);
    return outer;
  }

  /** Ends {@link #descend}. */
  void resume(int outerPosition, int outerLimit) {
    position = outerPosition;
    limit = outerLimit;
  }

  /**
   * Skips the field of a tag that nobody asked for.
   *
   * @param depth of the message that holds the field
   */
  void skip(int tag, int depth) throws MalformedOtlpException {
    switch (tag & TYPE_MASK) {
      case VARINT -> readVarint();
      case FIXED64 -> readFixed64();
      case LENGTH_DELIMITED -> readSlice();
      case START_GROUP -> skipGroup(tag >>> TYPE_BITS, depth + 1);
      case END_GROUP -> throw malformed("end of a group that did not start");
      case FIXED32 -> readFixed32();
      default -> throw malformed("unknown wire type");
    }
  }

  private void skipGroup(int number, int depth) throws MalformedOtlpException {
    if (depth > maxDepth) {
      throw tooDeep();
    }
    int endTag = (number << TYPE_BITS) | END_GROUP;
    for (int tag = readTag(); tag != endTag; tag = readTag()) {
      if (tag == 0) {
        throw overrun("group without an end");
      }
      skip(tag, depth);
    }
  }

  /** Reads a 16-byte trace id into two cells, high half first; another length is no id: zeros. */
  void readTraceId(long[] cells, int at) throws MalformedOtlpException {
    int length = readLength();
    boolean present = length == 2 * Long.BYTES;
    cells[at] = present ? bigEndian(position) : 0;
    cells[at + 1] = present ? bigEndian(position + Long.BYTES) : 0;
    position += length;
  }

  /** Reads an 8-byte span id; another length is no id: 0. */
  long readSpanId() throws MalformedOtlpException {
    int length = readLength();
    long id = length == Long.BYTES ? bigEndian(position) : 0;
    position += length;
    return id;
  }

  /** As {@link #readTraceId}; 32 hex digits, which some senders put there, count as the id. */
  void readLooseTraceId(long[] cells, int at) throws MalformedOtlpException {
    long slice = readSlice();
    int from = Packed.high(slice);
    if (Packed.low(slice) == 2 * HEX_PER_LONG
        && HexDigits.areDigits(buffer, from)
        && HexDigits.areDigits(buffer, from + HEX_PER_LONG)) {
      cells[at] = HexDigits.parse(buffer, from);
      cells[at + 1] = HexDigits.parse(buffer, from + HEX_PER_LONG);
      return;
    }
    boolean present = Packed.low(slice) == 2 * Long.BYTES;
    cells[at] = present ? bigEndian(from) : 0;
    cells[at + 1] = present ? bigEndian(from + Long.BYTES) : 0;
  }

  /** As {@link #readSpanId}; 16 hex digits count as the id. */
  long readLooseSpanId() throws MalformedOtlpException {
    long slice = readSlice();
    int from = Packed.high(slice);
    if (Packed.low(slice) == HEX_PER_LONG && HexDigits.areDigits(buffer, from)) {
      return HexDigits.parse(buffer, from);
    }
    return Packed.low(slice) == Long.BYTES ? bigEndian(from) : 0;
  }

  private long bigEndian(int at) {
    return Long.reverseBytes((long) LONGS.get(buffer, at));
  }

  /** Packed fixed64 values: checks the length and returns how many there are. */
  int readPackedFixed64Count() throws MalformedOtlpException {
    int length = readLength();
    if (length % Long.BYTES != 0) {
      throw malformed("packed field is no multiple of 8 bytes");
    }
    return length / Long.BYTES;
  }

  MalformedOtlpException malformed(String what) {
    return new MalformedOtlpException(DecodeFailure.MALFORMED, position - start, what);
  }

  private MalformedOtlpException tooDeep() {
    return new MalformedOtlpException(
        DecodeFailure.TOO_DEEP, position - start, "more than " + maxDepth + " levels");
  }

  private MalformedOtlpException overrun(String what) {
    return new MalformedOtlpException(overrun, position - start, what);
  }
}
