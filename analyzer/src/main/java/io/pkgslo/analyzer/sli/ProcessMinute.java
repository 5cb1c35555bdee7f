// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.OwnTime;
import io.pkgslo.model.wire.ProcessShare;
import java.util.function.IntToLongFunction;

/** Mutable, single-threaded: one process's part of one minute of one package. */
final class ProcessMinute {
  private final ProcessShare.Builder counts;
  private final long[] durations = new long[DurationBuckets.COUNT];
  private final long[] ownDurations = new long[DurationBuckets.COUNT];

  ProcessMinute(String process, long firstSeenMillis) {
    counts = ProcessShare.newBuilder().setProcess(process).setFirstSeenEpochMillis(firstSeenMillis);
  }

  /** A part as it was stored. */
  ProcessMinute(ProcessShare stored) {
    counts = stored.toBuilder().clearDurationCount().clearOwnDurationCount();
    add(durations, stored.getDurationCountCount(), stored::getDurationCount);
    add(ownDurations, stored.getOwnDurationCountCount(), stored::getOwnDurationCount);
  }

  /** Adds counts per duration bucket; what an older release left out counts as none. */
  static void add(long[] sums, int buckets, IntToLongFunction countAt) {
    for (int i = 0; i < Math.min(sums.length, buckets); i++) {
      sums[i] += countAt.applyAsLong(i);
    }
  }

  void seen(long firstSeenMillis) {
    if (firstSeenMillis < counts.getFirstSeenEpochMillis()) {
      counts.setFirstSeenEpochMillis(firstSeenMillis);
    }
  }

  void add(CallCount call, boolean failed) {
    counts.setOwnErrors(counts.getOwnErrors() + call.getOwnErrors());
    counts.setCalls(counts.getCalls() + call.getCount());
    counts.setErrors(counts.getErrors() + (failed ? call.getCount() : 0));
    add(durations, call.getDurationCountCount(), call::getDurationCount);
  }

  void add(OwnTime own) {
    counts.setClientCalls(counts.getClientCalls() + own.getClientCalls());
    counts.setClientErrors(counts.getClientErrors() + own.getClientErrors());
    add(ownDurations, own.getDurationCountCount(), own::getDurationCount);
  }

  void addEpisode() {
    counts.setPanicEpisodes(counts.getPanicEpisodes() + 1);
  }

  ProcessShare toShare() {
    ProcessShare.Builder share = counts.clone();
    int buckets = DurationBuckets.used(durations);
    for (int i = 0; i < buckets; i++) {
      share.addDurationCount(durations[i]);
    }
    int ownBuckets = DurationBuckets.used(ownDurations);
    for (int i = 0; i < ownBuckets; i++) {
      share.addOwnDurationCount(ownDurations[i]);
    }
    return share.build();
  }
}
