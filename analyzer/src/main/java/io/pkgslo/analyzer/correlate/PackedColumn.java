// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A repeated number of a message on its way into an array. Writers may pack its values, give them
 * one by one, or both, as protobuf has it. Mutable, single-threaded.
 */
abstract class PackedColumn {
  private static final int FEWEST = 16;

  int size;

  /**
   * Reads what follows a tag of the column.
   *
   * @param input at what follows the tag in {@code bytes}, from whose start it reads
   * @return false if it is neither a value nor a packed sequence of them
   */
  final boolean read(byte[] bytes, CodedInputStream input, int wireType) throws IOException {
    if (wireType == wireTypeOfOne()) {
      readOne(input);
      return true;
    }
    if (wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return false;
    }
    int length = input.readRawVarint32();
    int from = input.getTotalBytesRead();
    input.skipRawBytes(length);
    readPacked(bytes, from, from + length);
    return true;
  }

  abstract int wireTypeOfOne();

  abstract void readOne(CodedInputStream input) throws IOException;

  /** Reads the values from {@code from} (inclusive) to {@code to} (exclusive). */
  abstract void readPacked(byte[] bytes, int from, int to) throws InvalidProtocolBufferException;

  /** A length for an array that has room for one value more. */
  final int grown() {
    return Math.max(FEWEST, 2 * size);
  }

  private static InvalidProtocolBufferException truncated() {
    return new InvalidProtocolBufferException("a packed column ends within a value");
  }

  /** A column of {@code fixed64}. */
  static final class Fixed64 extends PackedColumn {
    private long[] values = new long[0];

    @Override
    int wireTypeOfOne() {
      return WireFormat.WIRETYPE_FIXED64;
    }

    @Override
    void readOne(CodedInputStream input) throws IOException {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = input.readFixed64();
    }

    /** Numbers as they lie in memory: one copy of all of them. */
    @Override
    void readPacked(byte[] bytes, int from, int to) throws InvalidProtocolBufferException {
      int count = (to - from) / Long.BYTES;
      if (count * Long.BYTES != to - from) {
        throw truncated();
      }
      values = Arrays.copyOf(values, size + count);
      ByteBuffer.wrap(bytes, from, to - from)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(values, size, count);
      size += count;
    }

    long[] toArray() {
      return values.length == size ? values : Arrays.copyOf(values, size);
    }
  }

  /** A column of {@code uint64}. */
  static final class UInt64 extends PackedColumn {
    private long[] values = new long[0];

    @Override
    int wireTypeOfOne() {
      return WireFormat.WIRETYPE_VARINT;
    }

    @Override
    void readOne(CodedInputStream input) throws IOException {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = input.readRawVarint64();
    }

    @Override
    void readPacked(byte[] bytes, int from, int to) throws InvalidProtocolBufferException {
      values = Arrays.copyOf(values, size + Varints.count(bytes, from, to));
      Varints varints = new Varints(bytes, from, to);
      while (varints.hasNext()) {
        values[size++] = varints.next();
      }
    }

    long[] toArray() {
      return values.length == size ? values : Arrays.copyOf(values, size);
    }
  }

  /** A column of {@code uint32}. */
  static final class UInt32 extends PackedColumn {
    private int[] values = new int[0];

    @Override
    int wireTypeOfOne() {
      return WireFormat.WIRETYPE_VARINT;
    }

    @Override
    void readOne(CodedInputStream input) throws IOException {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = input.readRawVarint32();
    }

    @Override
    void readPacked(byte[] bytes, int from, int to) throws InvalidProtocolBufferException {
      values = Arrays.copyOf(values, size + Varints.count(bytes, from, to));
      Varints varints = new Varints(bytes, from, to);
      while (varints.hasNext()) {
        values[size++] = (int) varints.next();
      }
    }

    int[] toArray() {
      return values.length == size ? values : Arrays.copyOf(values, size);
    }
  }

  /** The varints of one packed sequence. */
  private static final class Varints {
    private static final int DATA_BITS = 7;
    private static final int DATA = (1 << DATA_BITS) - 1;

    private final byte[] bytes;
    private final int to;
    private int at;

    Varints(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.at = from;
      this.to = to;
    }

    /** How many of them begin, and end, in a sequence. */
    static int count(byte[] bytes, int from, int to) throws InvalidProtocolBufferException {
      if (from < to && bytes[to - 1] < 0) {
        throw truncated();
      }
      int continued = 0;
      for (int i = from; i < to; i++) {
        continued += (bytes[i] & 0xff) >>> DATA_BITS;
      }
      return to - from - continued;
    }

    boolean hasNext() {
      return at < to;
    }

    long next() throws InvalidProtocolBufferException {
      byte first = bytes[at++];
      if (first >= 0) {
        return first;
      }
      long value = first & DATA;
      for (int shift = DATA_BITS; shift < Long.SIZE; shift += DATA_BITS) {
        byte more = bytes[at++];
        value |= (long) (more & DATA) << shift;
        if (more >= 0) {
          return value;
        }
      }
      throw new InvalidProtocolBufferException("a varint of a packed column has no end");
    }
  }
}
