// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.math.BigDecimal;

/** Ratios as people read them. */
final class Percent {
  private Percent() {}

  /** 0.999 as {@code 99.9%}, exactly. */
  static String of(BigDecimal ratio) {
    return ratio.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
