// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as a tired engineer reads them, the same in every locale. */
final class Words {

  private static final double LOG_10 = StrictMath.log(10);

  private Words() {}

  /** 1,960 or 12.5. */
  static String count(double value) {
    return format(value == StrictMath.rint(value) ? "#,##0" : "#,##0.##", value);
  }

  /** 1 %, 12 %, 0.05 %. */
  static String percent(double ratio) {
    return format("#,##0.###", ratio * 100) + " %";
  }

  /** 3.42, 0.071, 12. */
  static String ratio(double value) {
    return format(value < 0.1 ? "0.0##" : value < 10 ? "0.0#" : "#,##0", value);
  }

  /** Odds against chance, with two digits that mean something: 1:48,000, or 1:10^31. */
  static String evidence(double logE) {
    double digits = logE / LOG_10;
    if (digits > 12) {
      return "1:10^" + count(Math.floor(digits));
    }
    double odds = StrictMath.exp(logE);
    if (odds < 10) {
      return "1:" + format("0.0#", odds);
    }
    double unit = StrictMath.pow(10, Math.floor(digits + 1e-12) - 1);
    return "1:" + count(StrictMath.rint(odds / unit) * unit);
  }

  /** 40 s, 12 min, 3.5 h, 2 d. */
  static String duration(double seconds) {
    if (seconds < 120) {
      return format("0", seconds) + " s";
    }
    if (seconds < 7_200) {
      return format("0", seconds / 60) + " min";
    }
    if (seconds < 172_800) {
      return format("0.#", seconds / 3_600) + " h";
    }
    return format("0.#", seconds / 86_400) + " d";
  }

  /** "1 look", "2 looks". */
  static String times(long number, String noun) {
    return times(number, noun, noun + "s");
  }

  /** "1 process", "2 processes". */
  static String times(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String format(String pattern, double value) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
