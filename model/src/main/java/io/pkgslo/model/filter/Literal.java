// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

/**
 * What a value is compared with.
 *
 * @param number its number; not a number for text
 */
record Literal(String text, double number) {
  private static final int LONGEST_NUMBER = 40;

  static Literal text(String text) {
    return new Literal(text, Double.NaN);
  }

  static Literal number(String text) {
    return new Literal(text, Double.parseDouble(text));
  }

  boolean isNumber() {
    return !Double.isNaN(number);
  }

  /** 500 equals 500.0 and "500"; text equals itself alone. */
  boolean equalTo(String value) {
    return text.equals(value) || (isNumber() && numberOf(value) == number);
  }

  /** Not a number when it is none, of whatever length. */
  static double numberOf(String value) {
    if (value.isEmpty() || value.length() > LONGEST_NUMBER || !startsLikeNumber(value.charAt(0))) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** An exception per value that is a name would be dear. */
  private static boolean startsLikeNumber(char first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }
}
