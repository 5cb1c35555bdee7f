// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.util.List;

/**
 * Bounds of time by which an objective of latency shows its events besides good and bad. Both lists
 * ascend without repetition and are empty where nobody asks for them.
 *
 * @param buckets upper bounds of a histogram of the objective's own
 * @param breaches events are told apart by the greatest of these that they exceed
 */
public record DurationBounds(List<Duration> buckets, List<Duration> breaches) {
  public static final DurationBounds NONE = new DurationBounds(List.of(), List.of());

  /** Of one list. */
  public static final int MOST = 40;

  public DurationBounds {
    buckets = List.copyOf(buckets);
    breaches = List.copyOf(breaches);
  }
}
