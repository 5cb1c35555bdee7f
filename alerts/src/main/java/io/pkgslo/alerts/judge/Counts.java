// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * Events and exposure of both arms in one look.
 *
 * <p>Events are independent by assumption, so panics come as episodes. Counts are observed items;
 * where they are extrapolated from a sample, {@code phi} is at least the mean weight of an item.
 *
 * @param canaryEvents bad events of the canary, &gt;= 0
 * @param canaryCalls exposure of the canary, &gt;= 0
 * @param baselineEvents bad events of the baseline in the same interval, &gt;= 0
 * @param baselineCalls exposure of the baseline in the same interval, &gt;= 0
 * @param phi overdispersion of the baseline's events per pod and minute (variance by mean), &gt;=
 *     1, measured before this look
 */
public record Counts(
    double canaryEvents,
    double canaryCalls,
    double baselineEvents,
    double baselineCalls,
    double phi) {

  public Counts {
    requireCount("canaryEvents", canaryEvents);
    requireCount("canaryCalls", canaryCalls);
    requireCount("baselineEvents", baselineEvents);
    requireCount("baselineCalls", baselineCalls);
    if (!(phi >= 1 && phi < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("phi is " + phi + ", expected a number >= 1");
    }
  }

  /** Counts without overdispersion. */
  public static Counts of(
      double canaryEvents, double canaryCalls, double baselineEvents, double baselineCalls) {
    return new Counts(canaryEvents, canaryCalls, baselineEvents, baselineCalls, 1);
  }

  /**
   * Whether both arms were exposed. Only then do the events say anything about the ratio of rates:
   * without exposure of one arm every event belongs to the other by necessity.
   */
  boolean comparable() {
    return canaryCalls > 0 && baselineCalls > 0;
  }

  boolean hasEvents() {
    return canaryEvents > 0 || baselineEvents > 0;
  }

  private static void requireCount(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a count >= 0");
    }
  }
}
