// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Overdispersion;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one package of one side did in some minutes. Counts are items, not weights.
 *
 * @param ownErrors failed calls that no failed child explains: a caller of a failing package does
 *     not take its blame
 * @param episodes panic episodes
 * @param durations calls per bucket of {@link DurationBuckets}
 * @param errorClusters how {@code ownErrors} cluster on single processes; likewise {@code
 *     panicClusters}
 */
record PackageSums(
    long calls,
    long ownErrors,
    long episodes,
    List<Long> durations,
    Overdispersion errorClusters,
    Overdispersion panicClusters) {

  static final PackageSums NONE =
      new PackageSums(
          0,
          0,
          0,
          Collections.nCopies(DurationBuckets.COUNT, 0L),
          Overdispersion.NONE,
          Overdispersion.NONE);

  PackageSums {
    durations = List.copyOf(durations);
  }

  /** One minute of one arm. */
  static PackageSums of(SliBucket bucket) {
    List<Long> durations = new ArrayList<>(NONE.durations());
    int buckets = Math.min(DurationBuckets.COUNT, bucket.getDurationCountCount());
    for (int i = 0; i < buckets; i++) {
      durations.set(i, bucket.getDurationCount(i));
    }
    List<ProcessShare> processes =
        bucket.getProcessList().stream()
            .filter(share -> share.getCalls() > 0 || share.getPanicEpisodes() > 0)
            .toList();
    return new PackageSums(
        bucket.getCalls(),
        bucket.getOwnErrors(),
        bucket.getPanicEpisodes(),
        durations,
        clusters(processes.stream().map(ProcessShare::getOwnErrors).toList()),
        clusters(processes.stream().map(ProcessShare::getPanicEpisodes).toList()));
  }

  static Overdispersion clusters(List<Long> perProcess) {
    double sum = 0;
    double squares = 0;
    for (long count : perProcess) {
      sum += count;
      squares += (double) count * count;
    }
    return Overdispersion.NONE.plus(perProcess.size(), sum, squares);
  }

  PackageSums plus(PackageSums other) {
    List<Long> sums = new ArrayList<>(durations.size());
    for (int i = 0; i < durations.size(); i++) {
      sums.add(durations.get(i) + other.durations.get(i));
    }
    return new PackageSums(
        calls + other.calls,
        ownErrors + other.ownErrors,
        episodes + other.episodes,
        sums,
        errorClusters.plus(other.errorClusters),
        panicClusters.plus(other.panicClusters));
  }

  /** Calls whose duration is known. */
  long timedCalls() {
    return durations.stream().mapToLong(Long::longValue).sum();
  }

  boolean isExposed() {
    return calls > 0 || episodes > 0;
  }
}
