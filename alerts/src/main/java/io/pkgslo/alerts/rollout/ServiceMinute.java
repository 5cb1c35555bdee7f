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

  /** API calls of one version over all packages. */
  long apiCalls(String version) {
    return buckets.stream()
        .filter(bucket -> bucket.getVersion().equals(version))
        .mapToLong(SliBucket::getApiCalls)
        .sum();
  }
}
