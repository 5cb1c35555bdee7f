// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import java.util.List;

/** Counts of slow calls from the buckets of {@link DurationBuckets}. */
final class DurationThreshold {
  private DurationThreshold() {}

  /** First bucket whose calls are all slower than the bound; -1 when it is no bound. */
  static int bucketAfter(long thresholdNanos) {
    for (int bucket = 0; bucket < DurationBuckets.COUNT - 1; bucket++) {
      if (DurationBuckets.upperBoundNanos(bucket) == thresholdNanos) {
        return bucket + 1;
      }
    }
    return -1;
  }

  /** Calls strictly slower than a bound. */
  static long slower(List<Long> durationCounts, long thresholdNanos) {
    long slow = 0;
    for (int bucket = bucketAfter(thresholdNanos); bucket < durationCounts.size(); bucket++) {
      slow += durationCounts.get(bucket);
    }
    return slow;
  }
}
