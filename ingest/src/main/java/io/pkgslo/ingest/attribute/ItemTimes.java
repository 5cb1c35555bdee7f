// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.time.Clock;
import java.time.Duration;

/**
 * Which times of items are accepted: nothing further ahead of the wall clock than the allowed skew,
 * since one item from the future would close every window. Read once per record. Single-threaded.
 */
final class ItemTimes {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Clock clock;
  private final long skewMillis;
  private long limitEpochNanos;

  ItemTimes(Clock clock, Duration allowedSkew) {
    this.clock = clock;
    this.skewMillis = allowedSkew.toMillis();
  }

  /** Reads the clock for the items of one record. */
  void beginRecord() {
    limitEpochNanos = (clock.millis() + skewMillis) * NANOS_PER_MILLI;
  }

  /** Whether an unsigned time is too far ahead. */
  boolean isFuture(long epochNanos) {
    return Long.compareUnsigned(epochNanos, limitEpochNanos) > 0;
  }
}
