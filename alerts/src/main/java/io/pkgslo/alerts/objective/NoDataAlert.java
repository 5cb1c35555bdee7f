// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;

/**
 * Alert when an objective has had no event at all while pkgslo itself is running.
 *
 * @param after how long there must be none, more than 0
 */
public record NoDataAlert(Severity severity, Duration after) {
  public NoDataAlert {
    if (after.isNegative() || after.isZero()) {
      throw new IllegalArgumentException("no data must last for some time, was " + after);
    }
  }
}
