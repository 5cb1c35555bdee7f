// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** How a record's value is encoded. No header says so; the first bytes do. */
public enum OtlpEncoding {
  /** No bytes at all: a valid message without content. */
  EMPTY,
  PROTOBUF,
  JSON;

  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;
  private static final int LONGEST_LENGTH = 5;

  /**
   * Tells the encoding of a value. A brace can never start one of these messages in protobuf, and
   * neither can white space before it, but for the line feed: it is also the tag of field 1, and a
   * brace behind it may be that field's length of 123. Then it is protobuf if no JSON object goes
   * on like that, or if the lengths of the fields fit the value exactly.
   */
  static OtlpEncoding of(byte[] array, int offset, int length) {
    if (length == 0) {
      return EMPTY;
    }
    int end = offset + length;
    int brace = skipSpace(array, offset, end);
    if (brace == end || array[brace] != '{') {
      return PROTOBUF;
    }
    if (brace == offset) {
      return JSON;
    }
    int next = skipSpace(array, brace + 1, end);
    boolean object = next == end || array[next] == '"' || array[next] == '}';
    return object && !isFramed(array, offset, end) ? JSON : PROTOBUF;
  }

  private static int skipSpace(byte[] array, int from, int end) {
    int at = from;
    while (at < end && isSpace(array[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t' || value == '\n' || value == '\r';
  }

  private static boolean isFramed(byte[] array, int offset, int end) {
    int at = offset;
    while (at < end) {
      if (array[at++] != OtlpFields.Export.RESOURCES) {
        return false;
      }
      long size = 0;
      int shift = 0;
      while (at < end && shift < LONGEST_LENGTH * VARINT_BITS) {
        byte next = array[at++];
        size |= (long) (next & VARINT_MASK) << shift;
        shift += VARINT_BITS;
        if (next >= 0) {
          break;
        }
      }
      if (size > end - at) {
        return false;
      }
      at += (int) size;
    }
    return true;
  }
}
