// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Overdispersion;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an arm did in the minutes of one hour.
 *
 * @param minutes minutes with calls
 * @param traffic how calls cluster on single processes
 * @param packages sums by package, those with calls or panics
 */
record Generation(int minutes, Overdispersion traffic, Map<String, PackageSums> packages) {
  static final Generation EMPTY = new Generation(0, Overdispersion.NONE, Map.of());

  /** More packages than these are not remembered. */
  private static final int MAX_PACKAGES = 400;

  Generation {
    packages = Map.copyOf(packages);
  }

  /** One minute more, given by the buckets of one arm. */
  Generation plus(List<SliBucket> buckets) {
    Map<String, PackageSums> sums = new TreeMap<>(packages);
    Map<String, Long> callsByProcess = new TreeMap<>();
    for (SliBucket bucket : buckets) {
      PackageSums minute = PackageSums.of(bucket);
      if (minute.isExposed()
          && (sums.size() < MAX_PACKAGES || sums.containsKey(bucket.getPackage()))) {
        sums.merge(bucket.getPackage(), minute, PackageSums::plus);
      }
      for (ProcessShare share : bucket.getProcessList()) {
        callsByProcess.merge(share.getProcess(), share.getCalls(), Long::sum);
      }
    }
    boolean busy = buckets.stream().anyMatch(bucket -> bucket.getCalls() > 0);
    return new Generation(
        minutes + (busy ? 1 : 0),
        traffic.plus(PackageSums.clusters(new ArrayList<>(callsByProcess.values()))),
        sums);
  }

  long calls() {
    return packages.values().stream().mapToLong(PackageSums::calls).sum();
  }
}
