// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What a budget is counted in, as OpenSLO v1 defines it: events, or slices of time.
 *
 * @param sliceMillis length of a slice; 0 for occurrences
 * @param sliceTarget share of good events from which a slice is good; only of time slices
 */
record Budgeting(Method method, long sliceMillis, BigDecimal sliceTarget) {
  static final Budgeting OCCURRENCES = new Budgeting(Method.OCCURRENCES, 0, BigDecimal.ONE);

  /** The three methods. */
  enum Method {
    /** Events. */
    OCCURRENCES,
    /** Slices, each good or bad. */
    TIMESLICES,
    /** Slices, each with its share of good events. */
    RATIO_TIMESLICES
  }

  private static final long MINUTE_MILLIS = 60_000;
  private static final long LONGEST_SLICE_MILLIS = 86_400_000;

  Budgeting {
    if (method == Method.OCCURRENCES) {
      sliceMillis = 0;
    } else if (sliceMillis < MINUTE_MILLIS
        || sliceMillis > LONGEST_SLICE_MILLIS
        || sliceMillis % MINUTE_MILLIS != 0) {
      throw new IllegalArgumentException(
          "a slice must be whole minutes up to a day, was " + sliceMillis + " ms");
    }
    if (sliceTarget.signum() <= 0 || sliceTarget.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("slice target must be in (0, 1], was " + sliceTarget);
    }
  }

  boolean inSlices() {
    return method != Method.OCCURRENCES;
  }

  /**
   * What a slice counts as, in units of 2^-20 slice. A slice without any event does not count: it
   * is neither good nor bad.
   *
   * @param events in the slice
   */
  Sums slice(Sums events) {
    if (events.isEmpty()) {
      return Sums.NONE;
    }
    return new Sums(FixedPoint.ONE, isAllBad(events) ? FixedPoint.ONE : badShare(events));
  }

  private static boolean isAllBad(Sums events) {
    return events.bad() >= events.valid();
  }

  private long badShare(Sums events) {
    return switch (method) {
      case OCCURRENCES -> throw new IllegalStateException("occurrences have no slices");
      case TIMESLICES -> {
        BigDecimal good = BigDecimal.valueOf(events.valid() - events.bad());
        BigDecimal needed = sliceTarget.multiply(BigDecimal.valueOf(events.valid()));
        yield good.compareTo(needed) < 0 ? FixedPoint.ONE : 0;
      }
      case RATIO_TIMESLICES ->
          new BigDecimal(
                  BigInteger.valueOf(events.bad()).multiply(BigInteger.valueOf(FixedPoint.ONE)))
              .divide(BigDecimal.valueOf(events.valid()), 0, RoundingMode.HALF_EVEN)
              .longValueExact();
    };
  }
}
