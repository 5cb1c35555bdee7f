// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.PanicCount;
import java.util.Arrays;

/**
 * Mutable, single-threaded: everything that was ever counted for one subject. Adjusted counts are
 * in units of 2^-20.
 */
final class Totals {
  private static final long[] NO_INITS = new long[InitBuckets.COUNT];

  static final int KINDS = SpanTraits.KIND_CONSUMER + 1;
  static final int STATUSES = SpanTraits.STATUS_ERROR + 1;

  final long[] calls = new long[KINDS * STATUSES];
  final long[] apiCalls = new long[2];
  final long[] callDurations = new long[DurationBuckets.COUNT];

  /** Most packages never tell of one: then it is {@link #NO_INITS}, which nobody changes. */
  private long[] initDurations = NO_INITS;

  long callDurationSumNanos;
  long initDurationSumNanos;

  /** Failed calls that no failed child explains; not weighted. */
  long ownErrors;

  long panics;
  long panicEpisodes;
  long initFailures;
  boolean weightUnknown;
  long lastSeenMillis = Long.MIN_VALUE;

  void add(CallCount call, long epochMillis) {
    int kind = call.getKind() >= 0 && call.getKind() < KINDS ? call.getKind() : 0;
    int status = call.getStatus() >= 0 && call.getStatus() < STATUSES ? call.getStatus() : 0;
    int index = kind * STATUSES + status;
    calls[index] = FixedPoint.addToTotal(calls[index], call.getWeight());
    if (call.getApi()) {
      int failed = status == SpanTraits.STATUS_ERROR ? 1 : 0;
      apiCalls[failed] = FixedPoint.addToTotal(apiCalls[failed], call.getWeight());
    }
    int buckets = Math.min(callDurations.length, call.getDurationCountCount());
    for (int bucket = 0; bucket < buckets; bucket++) {
      callDurations[bucket] += call.getDurationCount(bucket);
    }
    ownErrors += call.getOwnErrors();
    callDurationSumNanos = FixedPoint.addToTotal(callDurationSumNanos, call.getDurationSumNanos());
    seen(epochMillis, call.getWeightUnknown());
  }

  void add(PanicCount panic, long epochMillis) {
    if (panic.getInitFailure()) {
      initFailures++;
    } else {
      panics = FixedPoint.addToTotal(panics, panic.getWeight());
      panicEpisodes += panic.getEpisode() ? 1 : 0;
    }
    seen(epochMillis, panic.getWeightUnknown());
  }

  void addInit(long durationNanos, long epochMillis) {
    ownInitDurations()[InitBuckets.indexOf(durationNanos)]++;
    initDurationSumNanos = FixedPoint.addToTotal(initDurationSumNanos, durationNanos);
    seen(epochMillis, false);
  }

  /** Not to be changed. */
  long[] initDurations() {
    return initDurations;
  }

  /** Likewise, to be changed. */
  @SuppressWarnings("ReferenceEquality")
  long[] ownInitDurations() {
    if (initDurations == NO_INITS) {
      initDurations = new long[InitBuckets.COUNT];
    }
    return initDurations;
  }

  private void seen(long epochMillis, boolean unknown) {
    weightUnknown |= unknown;
    seen(epochMillis);
  }

  /** Something that is not counted here was seen. */
  void seen(long epochMillis) {
    lastSeenMillis = Math.max(lastSeenMillis, epochMillis);
  }

  boolean hasCalls() {
    return Arrays.stream(calls).anyMatch(c -> c != 0);
  }
}
