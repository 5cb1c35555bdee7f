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
 * @param clientCalls API calls whose caller's span is known; {@code clientErrors} those that failed
 *     for the caller alone
 * @param durations calls per bucket of {@link DurationBuckets}; {@code ownDurations} likewise, by
 *     the time in which no child ran
 * @param errorClusters how {@code ownErrors} cluster on single processes; likewise {@code
 *     panicClusters}
 * @param slowClusters how slow calls do; likewise {@code ownSlowClusters}
 */
record PackageSums(
    long calls,
    long ownErrors,
    long episodes,
    long clientCalls,
    long clientErrors,
    List<Long> durations,
    List<Long> ownDurations,
    Overdispersion errorClusters,
    Overdispersion panicClusters,
    Overdispersion clientClusters,
    SlowClusters slowClusters,
    SlowClusters ownSlowClusters) {

  private static final List<Long> NO_CALLS = Collections.nCopies(DurationBuckets.COUNT, 0L);

  static final PackageSums NONE =
      new PackageSums(
          0,
          0,
          0,
          0,
          0,
          NO_CALLS,
          NO_CALLS,
          Overdispersion.NONE,
          Overdispersion.NONE,
          Overdispersion.NONE,
          SlowClusters.NONE,
          SlowClusters.NONE);

  @SuppressWarnings("ConstantValue") // What an older release stored lacks some.
  PackageSums {
    durations = List.copyOf(durations);
    ownDurations = ownDurations == null ? NO_CALLS : List.copyOf(ownDurations);
    clientClusters = clientClusters == null ? Overdispersion.NONE : clientClusters;
    slowClusters = slowClusters == null ? SlowClusters.NONE : slowClusters;
    ownSlowClusters = ownSlowClusters == null ? SlowClusters.NONE : ownSlowClusters;
  }

  /** One minute of one arm. */
  static PackageSums of(SliBucket bucket) {
    List<ProcessShare> processes =
        bucket.getProcessList().stream()
            .filter(share -> share.getCalls() > 0 || share.getPanicEpisodes() > 0)
            .toList();
    return new PackageSums(
        bucket.getCalls(),
        bucket.getOwnErrors(),
        bucket.getPanicEpisodes(),
        bucket.getClientCalls(),
        bucket.getClientErrors(),
        plus(NO_CALLS, bucket.getDurationCountList()),
        plus(NO_CALLS, bucket.getOwnDurationCountList()),
        clusters(processes.stream().map(ProcessShare::getOwnErrors).toList()),
        clusters(processes.stream().map(ProcessShare::getPanicEpisodes).toList()),
        clusters(
            processes.stream()
                .filter(share -> share.getClientCalls() > 0)
                .map(ProcessShare::getClientErrors)
                .toList()),
        SlowClusters.of(processes.stream().map(ProcessShare::getDurationCountList).toList()),
        SlowClusters.of(processes.stream().map(ProcessShare::getOwnDurationCountList).toList()));
  }

  /** One process's part of a minute; how it clusters says nothing. */
  static PackageSums of(ProcessShare share) {
    return new PackageSums(
        share.getCalls(),
        share.getOwnErrors(),
        share.getPanicEpisodes(),
        share.getClientCalls(),
        share.getClientErrors(),
        plus(NO_CALLS, share.getDurationCountList()),
        plus(NO_CALLS, share.getOwnDurationCountList()),
        Overdispersion.NONE,
        Overdispersion.NONE,
        Overdispersion.NONE,
        SlowClusters.NONE,
        SlowClusters.NONE);
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
    return new PackageSums(
        calls + other.calls,
        ownErrors + other.ownErrors,
        episodes + other.episodes,
        clientCalls + other.clientCalls,
        clientErrors + other.clientErrors,
        plus(durations, other.durations),
        plus(ownDurations, other.ownDurations),
        errorClusters.plus(other.errorClusters),
        panicClusters.plus(other.panicClusters),
        clientClusters.plus(other.clientClusters),
        slowClusters.plus(other.slowClusters),
        ownSlowClusters.plus(other.ownSlowClusters));
  }

  private static List<Long> plus(List<Long> sums, List<Long> counts) {
    List<Long> next = new ArrayList<>(sums);
    for (int i = 0; i < Math.min(sums.size(), counts.size()); i++) {
      next.set(i, sums.get(i) + counts.get(i));
    }
    return next;
  }

  boolean isExposed() {
    return calls > 0 || episodes > 0;
  }
}
