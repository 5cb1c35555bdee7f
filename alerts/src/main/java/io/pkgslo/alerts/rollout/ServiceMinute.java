// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.SliBucket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of one service in one closed minute of event time. Empty for a service that was
 * silent.
 *
 * @param buckets in the order of version, arm and package
 */
record ServiceMinute(String service, long startMillis, List<SliBucket> buckets) {
  static final long LENGTH_MILLIS = 60_000;

  ServiceMinute {
    buckets = List.copyOf(buckets);
  }

  /** Calls of each version that has any, over all of its packages. */
  Map<String, Long> callsByVersion() {
    Map<String, Long> calls = new TreeMap<>();
    for (SliBucket bucket : buckets) {
      if (bucket.getCalls() > 0) {
        calls.merge(bucket.getVersion(), bucket.getCalls(), Long::sum);
      }
    }
    return calls;
  }

  /** Whether one side of a rollout has calls. */
  boolean hasCalls(ArmSelector side) {
    return buckets.stream().anyMatch(bucket -> bucket.getCalls() > 0 && side.matches(bucket));
  }
}
