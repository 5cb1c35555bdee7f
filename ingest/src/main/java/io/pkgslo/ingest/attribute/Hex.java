// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;

/** Hexadecimal digits without allocation. */
final class Hex {
  private static final int BITS_PER_DIGIT = 4;

  private Hex() {}

  /** Value of a digit of either case, or -1. */
  static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Whether all of it is lower-case hexadecimal; false when it is empty. */
  static boolean isLower(Slice text) {
    for (int i = 0; i < text.length(); i++) {
      byte c = text.at(i);
      if (digit(c) < 0 || (c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The number that these digits make; digits beyond 16 push the first ones out. */
  static long value(Slice digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      value = (value << BITS_PER_DIGIT) | digit(digits.at(i));
    }
    return value;
  }

  /** Whether all of it is hexadecimal, either case; false when it is empty. */
  static boolean isHex(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** The number that the digits from {@code from} to {@code to} make, at most 16 of them. */
  static long value(CharSequence text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = (value << BITS_PER_DIGIT) | digit(text.charAt(i));
    }
    return value;
  }
}
