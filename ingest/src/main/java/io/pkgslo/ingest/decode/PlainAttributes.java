// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * KeyValue messages as everybody writes them: a key and then a value that is a text or a number,
 * nothing else and nothing twice. Appends those that someone asks for to the tape. What looks
 * otherwise is {@link PlainSpanFields#ODD}, and {@link ValueParser}'s to read. Single-threaded.
 */
final class PlainAttributes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;
  private static final int MAX_VARINT_BYTES = 10;

  /** Tag and length of the key, tag and length of the value. */
  private static final int SMALLEST = 4;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Four bytes at once, the first one lowest. Length, tag of the key, length of the key, any byte:
  private static final int HEAD_MASK = 0x0080_ff80;
  private static final int HEAD = OtlpFields.KeyValue.KEY << 8;
  private static final int HEAD_BYTES = 3;
  // Tag and length of the value, tag and length of the text; tag and length, tag of the number:
  private static final int TEXT = OtlpFields.AnyValue.STRING << 16 | OtlpFields.KeyValue.VALUE;
  private static final int NUMBER_MASK = 0x00ff_ffff;
  private static final int NUMBER = OtlpFields.AnyValue.INT << 16 | OtlpFields.KeyValue.VALUE;

  private final RecordTape tape;
  private final AttributeKeys keys;

  PlainAttributes(RecordTape tape, AttributeKeys keys) {
    this.tape = tape;
    this.keys = keys;
  }

  /**
   * Reads one attribute.
   *
   * @param at where its length stands
   * @param end of the message around it, behind {@code at}
   * @return where it ends, or ODD with nothing done
   */
  int read(byte[] buffer, int at, int end) {
    if (end - at > Integer.BYTES) {
      int head = (int) INTS.get(buffer, at);
      if ((head & HEAD_MASK) == HEAD) {
        return readShort(buffer, at, end, head);
      }
    }
    return readAny(buffer, at, end);
  }

  /** All lengths in one byte, text or a number: nearly all attributes, by two looks at each. */
  private int readShort(byte[] buffer, int at, int end, int head) {
    int key = at + HEAD_BYTES;
    int value = key + (head >>> 16 & 0xff);
    int stop = at + 1 + (head & 0xff);
    if (stop > end || value + Integer.BYTES > stop) {
      return readAny(buffer, at, end);
    }
    int open = (int) INTS.get(buffer, value);
    int length = stop - value - 2;
    if (open == (TEXT | length << 8 | (length - 2) << 24)) {
      int id = keys.find(buffer, key, value - key);
      if (tape.isAskedFor(id, key, value - key)) {
        long text = Packed.of(value + Integer.BYTES, length - 2);
        tape.addAttribute(Packed.of(key, value - key), id, ValueKind.STRING, text);
      }
      return stop;
    }
    if ((open & NUMBER_MASK) == (NUMBER | length << 8)) {
      return number(buffer, key, keys.find(buffer, key, value - key), value + HEAD_BYTES, stop);
    }
    return readAny(buffer, at, end);
  }

  private int readAny(byte[] buffer, int at, int end) {
    int length = buffer[at];
    int start = at + 1;
    if (length < 0) {
      if (start == end || buffer[start] < 0) {
        return PlainSpanFields.ODD;
      }
      length = (length & VARINT_MASK) | (buffer[start] << VARINT_BITS);
      start++;
    }
    int stop = start + length;
    if (stop > end || length < SMALLEST || buffer[start] != OtlpFields.KeyValue.KEY) {
      return PlainSpanFields.ODD;
    }
    int keyLength = buffer[start + 1];
    int key = start + 2;
    int value = key + keyLength;
    if (keyLength < 0 || value > stop - 2 || buffer[value] != OtlpFields.KeyValue.VALUE) {
      return PlainSpanFields.ODD;
    }
    return value(buffer, key, value + 1, stop);
  }

  /** The value, whose length stands at {@code at}, has to end where the attribute ends. */
  private int value(byte[] buffer, int key, int at, int stop) {
    int start = bodyOf(buffer, at, stop);
    if (start >= stop) {
      return PlainSpanFields.ODD;
    }
    int id = keys.find(buffer, key, at - 1 - key);
    return switch (buffer[start]) {
      case OtlpFields.AnyValue.STRING -> text(buffer, key, id, start + 1, stop);
      case OtlpFields.AnyValue.INT -> number(buffer, key, id, start + 1, stop);
      case OtlpFields.AnyValue.BOOL -> flag(buffer, key, id, start + 1, stop);
      case OtlpFields.AnyValue.DOUBLE -> fraction(buffer, key, id, start + 1, stop);
      default -> PlainSpanFields.ODD;
    };
  }

  /**
   * Where the bytes start whose length stands at {@code at}, provided that they end at {@code
   * stop}; else a place behind {@code stop}.
   */
  private static int bodyOf(byte[] buffer, int at, int stop) {
    int length = buffer[at];
    int start = at + 1;
    if (length < 0) {
      if (start == stop || buffer[start] < 0) {
        return Integer.MAX_VALUE;
      }
      length = (length & VARINT_MASK) | (buffer[start] << VARINT_BITS);
      start++;
    }
    return start + length == stop ? start : Integer.MAX_VALUE;
  }

  private int text(byte[] buffer, int key, int id, int at, int stop) {
    int start = at == stop ? Integer.MAX_VALUE : bodyOf(buffer, at, stop);
    if (start > stop) {
      return PlainSpanFields.ODD;
    }
    return done(buffer, key, id, ValueKind.STRING, Packed.of(start, stop - start), stop);
  }

  private int number(byte[] buffer, int key, int id, int at, int stop) {
    int last = stop - at - 1;
    if (last < 0 || last >= MAX_VARINT_BYTES || buffer[stop - 1] < 0) {
      return PlainSpanFields.ODD;
    }
    long number = 0;
    for (int i = 0; i < last; i++) {
      byte next = buffer[at + i];
      if (next >= 0) {
        return PlainSpanFields.ODD;
      }
      number |= (long) (next & VARINT_MASK) << (VARINT_BITS * i);
    }
    number |= (long) buffer[stop - 1] << (VARINT_BITS * last);
    return done(buffer, key, id, ValueKind.INT, number, stop);
  }

  private int flag(byte[] buffer, int key, int id, int at, int stop) {
    if (at + 1 != stop || buffer[at] < 0) {
      return PlainSpanFields.ODD;
    }
    return done(buffer, key, id, ValueKind.BOOL, buffer[at] == 0 ? 0 : 1, stop);
  }

  private int fraction(byte[] buffer, int key, int id, int at, int stop) {
    if (at + Long.BYTES != stop) {
      return PlainSpanFields.ODD;
    }
    return done(buffer, key, id, ValueKind.DOUBLE, (long) LONGS.get(buffer, at), stop);
  }

  private int done(byte[] buffer, int key, int id, ValueKind kind, long value, int stop) {
    if (tape.isAskedFor(id, key, buffer[key - 1])) {
      tape.addAttribute(Packed.of(key, buffer[key - 1]), id, kind, value);
    }
    return stop;
  }
}
