// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How a number stands in an alert: as a function of Prometheus' templates, and what that function
 * makes of a number. Both round the exact value of the double half-even, as Go's fmt does.
 */
enum Format {
  COUNT("printf \"%.0f\"") {
    @Override
    String render(double value) {
      return new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }
  },
  DECIMAL("printf \"%.1f\"") {
    @Override
    String render(double value) {
      return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
  },
  PERCENT("humanizePercentage") {
    @Override
    String render(double value) {
      return fourDigits(value * 100) + "%";
    }
  },
  DURATION("humanizeDuration") {
    @Override
    String render(double value) {
      return value < 0 ? "-" + duration(-value) : duration(value);
    }
  };

  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
  private static final int LEAST_PLAIN_EXPONENT = -4;
  private static final String[] SMALL_UNITS = {"ms", "us", "ns", "ps"};

  private final String function;

  Format(String function) {
    this.function = function;
  }

  /** The template's function, to stand behind a pipe. */
  String function() {
    return function;
  }

  /** What Prometheus prints for a finite {@code value}. */
  abstract String render(double value);

  /** Go's {@code %.4g}. */
  private static String fourDigits(double value) {
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
    if (rounded.signum() == 0) {
      return "0";
    }
    rounded = rounded.stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= LEAST_PLAIN_EXPONENT && exponent < FOUR_DIGITS.getPrecision()) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.movePointLeft(exponent).toPlainString();
    String digits = Integer.toString(Math.abs(exponent));
    return mantissa + (exponent < 0 ? "e-" : "e+") + (digits.length() < 2 ? "0" : "") + digits;
  }

  private static String duration(double seconds) {
    if (seconds == 0) {
      return "0s";
    }
    if (seconds < 1) {
      return belowOneSecond(seconds);
    }
    long whole = (long) seconds;
    if (whole < 60) {
      return fourDigits(seconds) + "s";
    }
    String text = whole / 60 % 60 + "m " + whole % 60 + "s";
    if (whole >= 3_600) {
      text = whole / 3_600 % 24 + "h " + text;
    }
    return whole >= 86_400 ? whole / 86_400 + "d " + text : text;
  }

  private static String belowOneSecond(double seconds) {
    int unit = 0;
    double value = seconds * 1000;
    while (value < 1 && unit < SMALL_UNITS.length - 1) {
      value *= 1000;
      unit++;
    }
    return fourDigits(value) + SMALL_UNITS[unit];
  }
}
