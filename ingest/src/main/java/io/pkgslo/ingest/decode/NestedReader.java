// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Walks values within values, in bytes that the parser has checked already; a failure here is
 * therefore a bug of ours, not bad input. Mutable and single-threaded.
 */
final class NestedReader {
  private final WireReader in = new WireReader(Integer.MAX_VALUE);
  private long key;
  private ValueKind kind = ValueKind.EMPTY;
  private long value;

  void open(byte[] buffer, long place) {
    in.open(buffer, Packed.high(place), Packed.low(place));
  }

  long key() {
    return key;
  }

  ValueKind kind() {
    return kind;
  }

  long value() {
    return value;
  }

  /** Moves to the next AnyValue of an ArrayValue. */
  boolean nextElement() {
    try {
      if (!toElement()) {
        return false;
      }
      readValue();
      return true;
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("checked bytes do not parse", e);
    }
  }

  /** Moves to the next KeyValue of a KeyValueList. */
  boolean nextEntry() {
    try {
      if (!toElement()) {
        return false;
      }
      readKeyValue();
      return true;
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("checked bytes do not parse", e);
    }
  }

  private boolean toElement() throws MalformedOtlpException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == OtlpFields.AnyValue.ELEMENTS) {
        return true;
      }
      in.skip(tag, 0);
    }
    return false;
  }

  private void readKeyValue() throws MalformedOtlpException {
    key = 0;
    kind = ValueKind.EMPTY;
    value = 0;
    int outer = in.enter(0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.KeyValue.KEY -> key = in.readSlice();
        case OtlpFields.KeyValue.VALUE -> readValue();
        default -> in.skip(tag, 0);
      }
    }
    in.leave(outer);
  }

  private void readValue() throws MalformedOtlpException {
    kind = ValueKind.EMPTY;
    value = 0;
    int outer = in.enter(0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      ValueKind member = ValueKind.ofTag(tag);
      if (member == ValueKind.EMPTY) {
        in.skip(tag, 0);
      } else {
        kind = member;
        value = readMember(member);
      }
    }
    in.leave(outer);
  }

  private long readMember(ValueKind member) throws MalformedOtlpException {
    return switch (member) {
      case STRING, BYTES, ARRAY, KVLIST -> in.readSlice();
      case BOOL -> in.readVarint() != 0 ? 1 : 0;
      case INT -> in.readVarint();
      case DOUBLE -> in.readFixed64();
      case EMPTY -> 0;
    };
  }
}
