// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;

/**
 * What makes a slice of a process's Go runtime metric a bad one.
 *
 * @param metric name as semantic conventions spell it, such as {@code go.goroutine.count}
 * @param above bad when greater, in the metric's unit, without trailing zeros
 * @param slices so many in a row count as bad, 1 or more
 */
public record RuntimeThreshold(String metric, BigDecimal above, int slices) {
  public RuntimeThreshold {
    if (slices < 1) {
      throw new IllegalArgumentException("a runtime threshold needs 1 slice or more: " + slices);
    }
    above = above.stripTrailingZeros();
  }
}
