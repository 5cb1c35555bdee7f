// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.time.Duration;

/** What the budget is counted in (OpenSLO v1, {@code budgetingMethod}). */
public sealed interface Budgeting {
  /** Events: the share of good ones is compared with the target. */
  Budgeting OCCURRENCES = new Occurrences();

  /** Events. */
  record Occurrences() implements Budgeting {}

  /**
   * Slices of time: the share of good ones is compared with the target. A slice is good when its
   * share of good events is at least {@code sliceTarget}.
   *
   * @param slice length, whole minutes
   * @param sliceTarget in (0, 1], without trailing zeros
   */
  record Timeslices(Duration slice, BigDecimal sliceTarget) implements Budgeting {
    public Timeslices {
      checkSlice(slice);
      if (sliceTarget.signum() <= 0 || sliceTarget.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException("slice target must be in (0, 1], was " + sliceTarget);
      }
      sliceTarget = sliceTarget.stripTrailingZeros();
    }
  }

  /**
   * The average of the slices' shares of good events is compared with the target.
   *
   * @param slice length, whole minutes
   */
  record RatioTimeslices(Duration slice) implements Budgeting {
    public RatioTimeslices {
      checkSlice(slice);
    }
  }

  private static void checkSlice(Duration slice) {
    if (slice.isNegative() || slice.isZero() || slice.toSeconds() % 60 != 0) {
      throw new IllegalArgumentException("slice must be whole minutes, was " + slice);
    }
  }
}
