// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.wire.CallCount;
import java.util.List;

/**
 * How many calls were strictly slower than a threshold, as adjusted counts.
 *
 * <p>Exact where the block counts at this very threshold, as it does for every objective that was
 * known when its trace was settled; likewise at a bound of {@link DurationBuckets} while all calls
 * of the row weigh the same. Else an estimate from the histogram, within its 0.79 % of the
 * threshold: what a block that was written before the objective was known leaves to say.
 */
final class SlowCalls {
  private SlowCalls() {}

  static long weight(CallCount call, long thresholdNanos, List<Long> blockThresholds) {
    int index = blockThresholds.indexOf(thresholdNanos);
    if (index >= 0) {
      // Slower calls are at most as many: zeros at the end are left out.
      return index < call.getSlowWeightCount() ? call.getSlowWeight(index) : 0;
    }
    int bucket = bucketAfter(thresholdNanos);
    return weighted(call, bucket >= 0 ? above(call, bucket) : estimate(call, thresholdNanos));
  }

  private static long weighted(CallCount call, long slow) {
    long count = call.getCount();
    if (slow == 0 || slow >= count) {
      return slow == 0 ? 0 : call.getWeight();
    }
    return call.getWeight() == count * FixedPoint.ONE
        ? slow * FixedPoint.ONE
        : Math.round((double) call.getWeight() * slow / count);
  }

  /** First bucket whose calls are all slower than the bound; -1 when it is no bound. */
  private static int bucketAfter(long thresholdNanos) {
    for (int bucket = 0; bucket < DurationBuckets.COUNT - 1; bucket++) {
      if (DurationBuckets.upperBoundNanos(bucket) == thresholdNanos) {
        return bucket + 1;
      }
    }
    return -1;
  }

  private static long above(CallCount call, int firstBucket) {
    long slow = 0;
    for (int bucket = firstBucket; bucket < call.getDurationCountCount(); bucket++) {
      slow += call.getDurationCount(bucket);
    }
    return slow;
  }

  private static long estimate(CallCount call, long thresholdNanos) {
    int threshold = LogLinear.indexOf(thresholdNanos);
    long slow = 0;
    for (int i = 0; i < Math.min(call.getSketchIndexCount(), call.getSketchCountCount()); i++) {
      slow += call.getSketchIndex(i) > threshold ? call.getSketchCount(i) : 0;
    }
    return slow;
  }
}
