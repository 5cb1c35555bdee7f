// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The protobuf bytes of one block, written column by column into an array that is used again and
 * again. The generated builders would copy every number three times and allocate as much as they
 * write; what stands here is byte for byte a message of theirs (reference: the protobuf encoding,
 * packed repeated fields). Mutable, single-threaded.
 */
final class BlockBytes {
  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MORE = 0x80;
  private static final int PAYLOAD_BITS = 7;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  BlockBytes clear() {
    size = 0;
    return this;
  }

  /** A scalar; as in all of proto3, 0 is not written. */
  BlockBytes int64(int field, long value) {
    if (value != 0) {
      tag(field, WireFormat.WIRETYPE_VARINT);
      varint(value);
    }
    return this;
  }

  BlockBytes messages(int field, List<? extends MessageLite> messages) {
    for (MessageLite message : messages) {
      int length = message.getSerializedSize();
      tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      varint(length);
      ensure(length);
      try {
        message.writeTo(CodedOutputStream.newInstance(bytes, size, length));
      } catch (IOException e) {
        throw new UncheckedIOException("a message is longer than it says", e);
      }
      size += length;
    }
    return this;
  }

  BlockBytes strings(int field, List<String> texts) {
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      varint(utf8.length);
      ensure(utf8.length);
      System.arraycopy(utf8, 0, bytes, size, utf8.length);
      size += utf8.length;
    }
    return this;
  }

  /** A packed field; as in all of proto3, an empty one is not written. */
  BlockBytes packed(int field, PackedColumn column) {
    int length = column.size();
    if (length > 0) {
      tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      varint(length);
      ensure(length);
      column.copyTo(bytes, size);
      size += length;
    }
    return this;
  }

  /** A copy of what was written. */
  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    size = put(value, size);
  }

  private int put(long value, int from) {
    int at = from;
    long rest = value;
    while ((rest & -MORE) != 0) {
      bytes[at++] = (byte) (rest | MORE);
      rest >>>= PAYLOAD_BITS;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  private void ensure(int count) {
    if (count > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
  }
}
