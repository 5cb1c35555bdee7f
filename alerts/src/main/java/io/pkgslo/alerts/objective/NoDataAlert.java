// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;

/**
 * Alert when an objective has had no event at all while pkgslo itself is running.
 *
 * @param after how long there must be none, more than 0
 * @param eachPart of a ratio of queries: also when the bad, or the good, events alone have no
 *     samples, which for a counter that begins with its first error is the usual case
 */
public record NoDataAlert(Severity severity, Duration after, boolean eachPart) {
  public NoDataAlert {
    if (after.isNegative() || after.isZero()) {
      throw new IllegalArgumentException("no data must last for some time, was " + after);
    }
  }

  /** When there is nothing at all. */
  public NoDataAlert(Severity severity, Duration after) {
    this(severity, after, false);
  }
}
