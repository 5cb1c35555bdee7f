// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.OwnTime;
import io.pkgslo.model.wire.ProcessShare;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Mutable, single-threaded: one process's part of one minute of one package. */
final class ProcessMinute {
  private static final long[] NONE = {};

  private final String process;
  private long firstSeenMillis;
  private long calls;
  private long errors;
  private long ownErrors;
  private long panicEpisodes;
  private long clientCalls;
  private long clientErrors;

  /** By duration bucket, without the zeros at the end. */
  private long[] durations = NONE;

  private long[] ownDurations = NONE;

  ProcessMinute(String process, long firstSeenMillis) {
    this.process = process;
    this.firstSeenMillis = firstSeenMillis;
  }

  /** A part as it was stored. */
  ProcessMinute(ProcessShare stored) {
    this(stored.getProcess(), stored.getFirstSeenEpochMillis());
    calls = stored.getCalls();
    errors = stored.getErrors();
    ownErrors = stored.getOwnErrors();
    panicEpisodes = stored.getPanicEpisodes();
    clientCalls = stored.getClientCalls();
    clientErrors = stored.getClientErrors();
    addDurations(stored.getDurationCountCount(), stored::getDurationCount);
    addOwnDurations(stored.getOwnDurationCountCount(), stored::getOwnDurationCount);
  }

  String process() {
    return process;
  }

  /** Adds counts per duration bucket; what an older release left out counts as none. */
  void addDurations(int buckets, IntToLongFunction countAt) {
    durations = sum(durations, buckets, countAt);
  }

  void addOwnDurations(int buckets, IntToLongFunction countAt) {
    ownDurations = sum(ownDurations, buckets, countAt);
  }

  private static long[] sum(long[] sums, int buckets, IntToLongFunction countAt) {
    int used = Math.min(DurationBuckets.COUNT, buckets);
    long[] room = used > sums.length ? Arrays.copyOf(sums, used) : sums;
    for (int i = 0; i < used; i++) {
      room[i] += countAt.applyAsLong(i);
    }
    return room;
  }

  /** Adds the counts per bucket to {@code sums}, which has room for all. */
  void addDurationsTo(long[] sums) {
    addTo(sums, durations);
  }

  void addOwnDurationsTo(long[] sums) {
    addTo(sums, ownDurations);
  }

  private static void addTo(long[] sums, long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      sums[i] += counts[i];
    }
  }

  void seen(long epochMillis) {
    firstSeenMillis = Math.min(firstSeenMillis, epochMillis);
  }

  void add(CallCount call, boolean failed) {
    ownErrors += call.getOwnErrors();
    calls += call.getCount();
    errors += failed ? call.getCount() : 0;
    addDurations(call.getDurationCountCount(), call::getDurationCount);
  }

  void add(OwnTime own) {
    clientCalls += own.getClientCalls();
    clientErrors += own.getClientErrors();
    addOwnDurations(own.getDurationCountCount(), own::getDurationCount);
  }

  void addEpisode() {
    panicEpisodes++;
  }

  ProcessShare toShare() {
    ProcessShare.Builder share =
        ProcessShare.newBuilder()
            .setProcess(process)
            .setCalls(calls)
            .setErrors(errors)
            .setPanicEpisodes(panicEpisodes)
            .setFirstSeenEpochMillis(firstSeenMillis)
            .setOwnErrors(ownErrors)
            .setClientCalls(clientCalls)
            .setClientErrors(clientErrors);
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
