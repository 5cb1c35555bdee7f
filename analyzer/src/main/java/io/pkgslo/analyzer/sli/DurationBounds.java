// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.Objective;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bounds of time by which an objective shows its events besides good and bad; empty where it asks
 * for none. All in nanoseconds, ascending, without repetition.
 *
 * @param buckets of its histogram
 * @param breaches thresholds by whose greatest one that is exceeded events are told apart
 * @param all both
 */
public record DurationBounds(List<Long> buckets, List<Long> breaches, List<Long> all) {
  /** Of one list; as many as anybody can look at. */
  private static final int MOST = 40;

  public DurationBounds {
    buckets = List.copyOf(buckets);
    breaches = List.copyOf(breaches);
    all = List.copyOf(all);
  }

  /**
   * @throws IllegalArgumentException when there are too many, or they do not ascend
   */
  static DurationBounds of(Objective objective) {
    List<Long> buckets = checked("buckets", objective.getBucketNanosList());
    List<Long> breaches = checked("breaches", objective.getBreachNanosList());
    return new DurationBounds(
        buckets,
        breaches,
        Stream.concat(buckets.stream(), breaches.stream()).sorted().distinct().toList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  private static List<Long> checked(String what, List<Long> nanos) {
    if (nanos.size() > MOST) {
      throw new IllegalArgumentException(what + ": at most " + MOST + ", were " + nanos.size());
    }
    long last = 0;
    for (long bound : nanos) {
      if (bound <= last) {
        throw new IllegalArgumentException(what + " must be above 0 and ascend, were " + nanos);
      }
      last = bound;
    }
    return nanos;
  }
}
