// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Mutable, single-threaded: UTF-8 text on its way out, in one buffer that is used again. */
final class ByteText {
  private static final int FULL_BYTES = 64 * 1_024;
  private static final int ROOM_BYTES = 4_096;
  private static final int LONGEST_NUMBER = 20;
  private static final double WHOLE_BELOW = 1L << 53;

  private final OutputStream out;
  private byte[] bytes = new byte[FULL_BYTES + ROOM_BYTES];
  private int length;

  ByteText(OutputStream out) {
    this.out = out;
  }

  ByteText append(byte[] text) {
    makeRoom(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  ByteText append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param character of ASCII
   */
  ByteText append(char character) {
    makeRoom(1);
    bytes[length++] = (byte) character;
    return this;
  }

  /** As Go writes it; whole numbers quickly, since nearly all are. */
  ByteText append(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < WHOLE_BELOW) {
      return append(whole).append('.').append('0');
    }
    return append(Collector.doubleToGoString(value));
  }

  ByteText append(long value) {
    makeRoom(LONGEST_NUMBER);
    long rest = value;
    if (value < 0) {
      bytes[length++] = '-';
      rest = -value;
    }
    int end = length + digits(rest);
    for (int at = end; at > length; rest /= 10) {
      bytes[--at] = (byte) ('0' + Math.abs(rest % 10));
    }
    length = end;
    return this;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  /** Hands on what there is once it is worth it. */
  void flushIfFull() throws IOException {
    if (length >= FULL_BYTES) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
