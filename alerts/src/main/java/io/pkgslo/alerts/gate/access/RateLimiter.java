// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of requests per caller, refilled steadily. Simple lock: an entry takes well below a
 * microsecond. The number of callers is bounded; the one that was quiet longest is forgotten, which
 * gives it a full bucket again.
 */
final class RateLimiter {
  private static final int MAX_CALLERS = 10_000;
  private static final double MILLIS_PER_SECOND = 1000;

  private final double perSecond;
  private final int burst;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param perSecond requests that a caller may send for ever, over 0
   * @param burst requests at once, 1 or more
   */
  RateLimiter(double perSecond, int burst, Clock clock) {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.security.requests-per-second and burst: expected more than 0, found "
              + perSecond
              + " and "
              + burst);
    }
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
  }

  /** 0 when the request may pass, else the whole seconds to wait, 1 or more. */
  synchronized int secondsToWait(String caller) {
    long now = clock.millis();
    Bucket bucket = buckets.computeIfAbsent(caller, c -> new Bucket(burst, now));
    if (buckets.size() > MAX_CALLERS) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    bucket.refill(now);
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return 0;
    }
    return (int) Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
  }

  /** Mutable, under the limiter's lock. */
  private final class Bucket {
    private double left;
    private long filledMillis;

    Bucket(double left, long filledMillis) {
      this.left = left;
      this.filledMillis = filledMillis;
    }

    void refill(long now) {
      double seconds = Math.max(0, now - filledMillis) / MILLIS_PER_SECOND;
      left = Math.min(burst, left + seconds * perSecond);
      filledMillis = now;
    }
  }
}
