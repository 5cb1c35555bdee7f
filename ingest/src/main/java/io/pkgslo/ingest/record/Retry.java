// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.time.Duration;

/**
 * Failures in a row, and how long to wait after the next one: doubling, up to a bound. Mutable,
 * single-threaded.
 */
final class Retry {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final int MOST_DOUBLINGS = 10;

  private final int attempts;
  private int failures;

  /**
   * @param attempts failures in a row after which the worker is unhealthy
   */
  Retry(int attempts) {
    this.attempts = attempts;
  }

  /** Takes note of a failure and says how long to wait. */
  Duration failed() {
    failures++;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  void succeeded() {
    failures = 0;
  }

  boolean isExhausted() {
    return failures >= attempts;
  }
}
