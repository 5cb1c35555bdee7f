// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Rewrites a record in which a message stands twice that may stand once, as a resource in two
 * parts. Protobuf merges such copies: scalars of the later one win, repeated fields are joined,
 * messages within are merged in turn, and of a oneof only the last member counts. No known exporter
 * writes such records, so the hot path only notices them, and this slow path makes ordinary ones of
 * them.
 *
 * <p>The record has been checked before. Mutable and single-threaded.
 */
final class MessageMerger {
  private final WireReader in = new WireReader(Integer.MAX_VALUE);

  /** Parts of the messages on the way down, as a stack of offsets and lengths. */
  private final LongArena parts = new LongArena();

  private final ProtoWriter out = new ProtoWriter();

  /** The rewritten record; valid until the next call. */
  ProtoWriter merge(MessageType root, byte[] array, int offset, int length) {
    out.reset();
    parts.reset();
    parts.add(Packed.of(offset, length));
    in.open(array, offset, length);
    try {
      merge(root, array, 0);
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("checked bytes do not parse", e);
    }
    return out;
  }

  // The parts of one message are those from first to the top of the stack.
  private void merge(MessageType type, byte[] array, int first) throws MalformedOtlpException {
    int end = parts.size();
    copyRepeatedAndScalars(type, array, first, end);
    for (MessageField field : type.fields()) {
      MessageType nested = field.message();
      if (nested != null && field.occurrence() == MessageField.Occurrence.SINGLE) {
        pushAll(field, first, end);
        writeMerged(field, nested, array, end);
      }
    }
    mergeOneof(type, array, first, end);
  }

  private void copyRepeatedAndScalars(MessageType type, byte[] array, int first, int end)
      throws MalformedOtlpException {
    for (int part = first; part < end; part++) {
      int outerPosition = in.position();
      int outerLimit = in.descend(parts.get(part));
      int start = in.position();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        MessageField field = type.byNumber(tag >>> WireReader.TYPE_BITS);
        MessageType nested = type.messageAt(tag);
        if (field != null && field.isRepeated() && nested != null) {
          parts.add(in.readSlice());
          writeMerged(field, nested, array, end);
        } else {
          in.skip(tag, 0);
          if (field != null
              && field.message() == null
              && field.occurrence() != MessageField.Occurrence.ONEOF) {
            out.raw(array, start, in.position() - start);
          }
        }
        start = in.position();
      }
      in.resume(outerPosition, outerLimit);
    }
  }

  private void pushAll(MessageField field, int first, int end) throws MalformedOtlpException {
    for (int part = first; part < end; part++) {
      int outerPosition = in.position();
      int outerLimit = in.descend(parts.get(part));
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == field.tag()) {
          parts.add(in.readSlice());
        } else {
          in.skip(tag, 0);
        }
      }
      in.resume(outerPosition, outerLimit);
    }
  }

  // Writes the parts above end as one message and takes them off the stack.
  private void writeMerged(MessageField field, MessageType nested, byte[] array, int end)
      throws MalformedOtlpException {
    if (parts.size() > end) {
      int mark = out.begin(field.tag());
      merge(nested, array, end);
      out.end(mark);
      parts.truncate(end);
    }
  }

  private void mergeOneof(MessageType type, byte[] array, int first, int end)
      throws MalformedOtlpException {
    MessageField winner = null;
    for (int part = first; part < end; part++) {
      int outerPosition = in.position();
      int outerLimit = in.descend(parts.get(part));
      int start = in.position();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        MessageField field = type.byNumber(tag >>> WireReader.TYPE_BITS);
        if (field == null
            || field.occurrence() != MessageField.Occurrence.ONEOF
            || field.tag() != tag) {
          in.skip(tag, 0);
        } else {
          if (!field.equals(winner) || field.message() == null) {
            parts.truncate(end);
          }
          winner = field;
          parts.add(readMember(tag, field, start));
        }
        start = in.position();
      }
      in.resume(outerPosition, outerLimit);
    }
    if (winner != null) {
      writeWinner(winner, array, end);
    }
  }

  // A message's content; for a scalar the whole field, tag included.
  private long readMember(int tag, MessageField field, int start) throws MalformedOtlpException {
    if (field.message() != null) {
      return in.readSlice();
    }
    in.skip(tag, 0);
    return Packed.of(start, in.position() - start);
  }

  private void writeWinner(MessageField winner, byte[] array, int end)
      throws MalformedOtlpException {
    MessageType nested = winner.message();
    if (nested != null) {
      writeMerged(winner, nested, array, end);
    } else {
      long field = parts.get(end);
      out.raw(array, Packed.high(field), Packed.low(field));
      parts.truncate(end);
    }
  }
}
