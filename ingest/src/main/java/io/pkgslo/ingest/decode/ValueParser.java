// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Reads KeyValue and AnyValue messages. Attributes go to the tape; of arrays and lists only the
 * place goes there, once all that is in them has been checked. Mutable and single-threaded.
 */
final class ValueParser {
  private final WireReader in;
  private final RecordTape tape;
  private final AttributeKeys keys;

  // Result of the last readValue.
  private ValueKind kind = ValueKind.EMPTY;
  private long value;

  ValueParser(WireReader in, RecordTape tape, AttributeKeys keys) {
    this.in = in;
    this.tape = tape;
    this.keys = keys;
  }

  ValueKind kind() {
    return kind;
  }

  /** Offset and length, or the scalar itself, as {@link #kind()} says. */
  long value() {
    return value;
  }

  /** Reads a KeyValue and appends it to the tape's attributes. */
  void readAttribute(int depth) throws MalformedOtlpException {
    long key = readKeyValue(depth);
    int id = keys.find(tape.buffer(), Packed.high(key), Packed.low(key));
    tape.addAttribute(key, id, kind, value);
  }

  /** As {@link #readAttribute}, but appends it only when someone asks for its key. */
  void readAskedAttribute(int depth) throws MalformedOtlpException {
    long key = readKeyValue(depth);
    int id = keys.find(tape.buffer(), Packed.high(key), Packed.low(key));
    if (tape.isAskedFor(id, Packed.high(key), Packed.low(key))) {
      tape.addAttribute(key, id, kind, value);
    }
  }

  /** Reads a KeyValue; returns its key, leaves its value in kind and value. */
  private long readKeyValue(int depth) throws MalformedOtlpException {
    long key = 0;
    boolean valueSeen = false;
    kind = ValueKind.EMPTY;
    value = 0;
    int outer = in.enter(depth);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.KeyValue.KEY -> key = in.readSlice();
        case OtlpFields.KeyValue.VALUE -> {
          if (valueSeen) {
            tape.needMerge();
          }
          valueSeen = true;
          readValue(depth + 1);
        }
        default -> in.skip(tag, depth);
      }
    }
    in.leave(outer);
    return key;
  }

  /** Reads an AnyValue into kind and value. The last member that is set wins. */
  void readValue(int depth) throws MalformedOtlpException {
    ValueKind lastKind = ValueKind.EMPTY;
    long last = 0;
    int outer = in.enter(depth);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      ValueKind member = ValueKind.ofTag(tag);
      if (member == ValueKind.EMPTY) {
        in.skip(tag, depth);
        continue;
      }
      if (member == lastKind && member.isNested()) {
        tape.needMerge();
      }
      last = readMember(member, depth + 1);
      lastKind = member;
    }
    in.leave(outer);
    kind = lastKind;
    value = last;
  }

  private long readMember(ValueKind member, int depth) throws MalformedOtlpException {
    return switch (member) {
      case STRING, BYTES -> in.readSlice();
      case BOOL -> in.readVarint() != 0 ? 1 : 0;
      case INT -> in.readVarint();
      case DOUBLE -> in.readFixed64();
      case ARRAY, KVLIST -> checkElements(member, depth);
      case EMPTY -> 0;
    };
  }

  private long checkElements(ValueKind member, int depth) throws MalformedOtlpException {
    int outer = in.enter(depth);
    int first = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != OtlpFields.AnyValue.ELEMENTS) {
        in.skip(tag, depth);
      } else if (member == ValueKind.ARRAY) {
        readValue(depth + 1);
      } else {
        readKeyValue(depth + 1);
      }
    }
    long place = Packed.of(first, in.position() - first);
    in.leave(outer);
    return place;
  }
}
