// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * From a record's value to a filled tape, whatever the encoding: JSON is rewritten as protobuf
 * first, and a record with duplicated messages is rewritten with them merged. Mutable and
 * single-threaded.
 */
final class ValueReader {
  private static final int INITIAL_BYTES = 1 << 12;
  private static final int RETAINED_BYTES = 4 << 20;

  private final DecodeLimits limits;
  private final MessageType root;
  private final RecordParser parser;
  private final MessageMerger merger;
  private final JsonTranscoder json;
  private byte[] copy = new byte[INITIAL_BYTES];

  ValueReader(DecodeLimits limits, MessageType root, RecordParser parser) {
    this.limits = limits;
    this.root = root;
    this.parser = parser;
    this.merger = new MessageMerger();
    this.json = new JsonTranscoder(limits);
  }

  /**
   * Reads a value; false when it holds nothing.
   *
   * @param value its position and limit stay as they are
   */
  boolean read(@Nullable ByteBuffer value) throws MalformedOtlpException {
    if (value == null || !value.hasRemaining()) {
      return false;
    }
    int length = value.remaining();
    if (length > limits.maxRecordBytes()) {
      throw new MalformedOtlpException(DecodeFailure.TOO_LARGE, 0, "value of " + length + " bytes");
    }
    if (value.hasArray()) {
      return read(value.array(), value.arrayOffset() + value.position(), length);
    }
    return read(copyOf(value, length), 0, length);
  }

  private byte[] copyOf(ByteBuffer value, int length) {
    if (copy.length < length || copy.length > RETAINED_BYTES) {
      copy = new byte[Math.max(length, INITIAL_BYTES)];
    }
    value.get(value.position(), copy, 0, length);
    return copy;
  }

  private boolean read(byte[] array, int offset, int length) throws MalformedOtlpException {
    switch (OtlpEncoding.of(array, offset, length)) {
      case EMPTY -> {
        return false;
      }
      case PROTOBUF -> parse(array, offset, length);
      case JSON -> {
        ProtoWriter message = json.transcode(root, array, offset, length);
        parse(message.array(), 0, message.size());
      }
    }
    return true;
  }

  private void parse(byte[] array, int offset, int length) throws MalformedOtlpException {
    parser.parse(array, offset, length);
    if (parser.tape.mergeNeeded()) {
      ProtoWriter merged = merger.merge(root, array, offset, length);
      parser.parse(merged.array(), 0, merged.size());
    }
  }
}
