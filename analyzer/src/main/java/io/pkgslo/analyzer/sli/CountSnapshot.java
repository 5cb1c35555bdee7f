// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.SpanTraits;

/**
 * Everything that was ever counted for one subject, at one moment. Weighted sums are in units of
 * 2^-20 event.
 *
 * @param calls weighted, by {@code kind x 3 + status}
 * @param apiCalls weighted: those without an error, those with one
 * @param callDurations calls per bucket of {@code DurationBuckets}
 * @param initDurations inits per bucket of {@link InitBuckets}
 * @param ownErrors failed calls that no failed child explains; not weighted
 * @param panics weighted
 * @param lastSeenMillis latest event time; {@code Long.MIN_VALUE} before the first event
 */
public record CountSnapshot(
    Counts calls,
    Counts apiCalls,
    Counts callDurations,
    long callDurationSumNanos,
    Counts initDurations,
    long initDurationSumNanos,
    long ownErrors,
    long panics,
    long panicEpisodes,
    long initFailures,
    boolean weightUnknown,
    long lastSeenMillis) {
  private static final Counts NO_API_CALLS = Counts.of(new long[2]);
  private static final Counts NO_INITS = Counts.of(new long[InitBuckets.COUNT]);

  static CountSnapshot of(Totals totals) {
    return new CountSnapshot(
        Counts.of(totals.calls),
        Counts.mostlyNone(totals.apiCalls, NO_API_CALLS),
        Counts.of(totals.callDurations),
        totals.callDurationSumNanos,
        Counts.mostlyNone(totals.initDurations(), NO_INITS),
        totals.initDurationSumNanos,
        totals.ownErrors,
        totals.panics,
        totals.panicEpisodes,
        totals.initFailures,
        totals.weightUnknown,
        totals.lastSeenMillis);
  }

  /** Weighted calls of one kind and status. */
  public long calls(int kind, int status) {
    return calls.get(kind * Totals.STATUSES + status);
  }

  /** Weighted calls of every kind and status. */
  public long allCalls() {
    return calls.sum();
  }

  /** Weighted calls with an error. */
  public long errors() {
    long errors = 0;
    for (int kind = 0; kind < Totals.KINDS; kind++) {
      errors += calls(kind, SpanTraits.STATUS_ERROR);
    }
    return errors;
  }

  /** Weighted API calls, with and without an error. */
  public long allApiCalls() {
    return apiCalls.get(0) + apiCalls.get(1);
  }

  public long apiErrors() {
    return apiCalls.get(1);
  }

  public long inits() {
    return initDurations.sum();
  }
}
