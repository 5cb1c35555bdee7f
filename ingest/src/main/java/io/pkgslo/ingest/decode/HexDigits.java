// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Ids that were stored as their hex digits, where the bytes themselves belong. */
final class HexDigits {
  private static final int BITS = 4;
  private static final int PER_LONG = Long.SIZE / BITS;

  private HexDigits() {}

  /** Whether 16 bytes are hex digits of either case. */
  static boolean areDigits(byte[] array, int offset) {
    for (int i = offset; i < offset + PER_LONG; i++) {
      if (Character.digit(array[i], 1 << BITS) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The number that 16 hex digits spell. */
  static long parse(byte[] array, int offset) {
    long value = 0;
    for (int i = offset; i < offset + PER_LONG; i++) {
      value = (value << BITS) | Character.digit(array[i], 1 << BITS);
    }
    return value;
  }
}
