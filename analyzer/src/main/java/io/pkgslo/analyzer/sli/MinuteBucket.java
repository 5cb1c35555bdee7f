// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.OwnTime;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: what one package of one arm did in one minute. Processes, init times
 * and examples are bounded; counts are whole whatever the bounds.
 */
final class MinuteBucket {
  static final long WIDTH_MILLIS = 60_000;

  private static final int MAX_PROCESSES = 256;
  private static final int MAX_INITS = 256;
  private static final int MAX_EXAMPLES = 3;
  private static final int MAX_ERROR_LOGS = 3;

  private final SliBucket.Builder counts;
  private final long[] durations = new long[DurationBuckets.COUNT];
  private final long[] ownDurations = new long[DurationBuckets.COUNT];
  private final Map<String, ProcessMinute> processes = new TreeMap<>();
  private final List<PanicExample> examples = new ArrayList<>();
  private final LastErrorLogs errorLogs = new LastErrorLogs(MAX_ERROR_LOGS);

  MinuteBucket(SubjectKey subject, String arm, long startMillis) {
    this.counts =
        SliBucket.newBuilder()
            .setService(subject.service())
            .setVersion(subject.version())
            .setPackage(subject.goPackage())
            .setArm(arm)
            .setStartEpochMillis(startMillis)
            .setWidthSeconds((int) (WIDTH_MILLIS / 1_000));
  }

  /** A bucket as it was stored. */
  MinuteBucket(SliBucket stored) {
    this.counts =
        stored.toBuilder()
            .clearDurationCount()
            .clearOwnDurationCount()
            .clearProcess()
            .clearExample()
            .clearErrorLog();
    ProcessMinute.add(durations, stored.getDurationCountCount(), stored::getDurationCount);
    ProcessMinute.add(ownDurations, stored.getOwnDurationCountCount(), stored::getOwnDurationCount);
    stored.getProcessList().forEach(p -> processes.put(p.getProcess(), new ProcessMinute(p)));
    examples.addAll(stored.getExampleList());
    errorLogs.restore(stored.getErrorLogList());
  }

  /** Start of the minute of {@code epochMillis}. */
  static long startOf(long epochMillis) {
    return Math.floorDiv(epochMillis, WIDTH_MILLIS) * WIDTH_MILLIS;
  }

  String arm() {
    return counts.getArm();
  }

  long startMillis() {
    return counts.getStartEpochMillis();
  }

  long endMillis() {
    return startMillis() + WIDTH_MILLIS;
  }

  void add(CallCount call, String process, long firstSeenMillis) {
    boolean failed = call.getStatus() == SpanTraits.STATUS_ERROR;
    counts.setCalls(counts.getCalls() + call.getCount());
    counts.setWeightedCalls(counts.getWeightedCalls() + call.getWeight());
    if (failed) {
      counts.setErrors(counts.getErrors() + call.getCount());
      counts.setWeightedErrors(counts.getWeightedErrors() + call.getWeight());
    }
    if (call.getApi()) {
      counts.setApiCalls(counts.getApiCalls() + call.getCount());
      counts.setApiErrors(counts.getApiErrors() + (failed ? call.getCount() : 0));
    }
    counts.setWeightUnknown(counts.getWeightUnknown() || call.getWeightUnknown());
    ProcessMinute.add(durations, call.getDurationCountCount(), call::getDurationCount);
    counts.setOwnErrors(counts.getOwnErrors() + call.getOwnErrors());
    share(process, firstSeenMillis).add(call, failed);
  }

  void add(OwnTime own, String process, long firstSeenMillis) {
    ProcessMinute.add(ownDurations, own.getDurationCountCount(), own::getDurationCount);
    counts.setClientCalls(counts.getClientCalls() + own.getClientCalls());
    counts.setClientErrors(counts.getClientErrors() + own.getClientErrors());
    share(process, firstSeenMillis).add(own);
  }

  void add(PanicCount panic, String process, long firstSeenMillis) {
    ProcessMinute share = share(process, firstSeenMillis);
    if (panic.getInitFailure()) {
      counts.setInitFailures(counts.getInitFailures() + 1);
    } else {
      counts.setPanics(counts.getPanics() + 1);
      if (panic.getEpisode()) {
        counts.setPanicEpisodes(counts.getPanicEpisodes() + 1);
        share.addEpisode();
      }
    }
    counts.setWeightUnknown(counts.getWeightUnknown() || panic.getWeightUnknown());
    keepExample(panic, process);
  }

  void add(InitTime init, String process, long firstSeenMillis) {
    counts.setInits(counts.getInits() + 1);
    if (counts.getInitNanosCount() < MAX_INITS) {
      counts.addInitNanos(init.getDurationNanos());
    }
    share(process, firstSeenMillis);
  }

  void add(ErrorLogExample log) {
    errorLogs.add(log);
  }

  private ProcessMinute share(String process, long firstSeenMillis) {
    ProcessMinute share = processes.get(process);
    if (share == null) {
      share = new ProcessMinute(process, firstSeenMillis);
      if (processes.size() < MAX_PROCESSES) {
        processes.put(process, share);
      }
    }
    share.seen(firstSeenMillis);
    return share;
  }

  /** One example per fingerprint; one with a stack takes the place of one without. */
  private void keepExample(PanicCount panic, String process) {
    for (int i = 0; i < examples.size(); i++) {
      PanicExample kept = examples.get(i);
      if (kept.getFingerprint() == panic.getFingerprint()) {
        if (kept.getStack().isEmpty() && !panic.getStack().isEmpty()) {
          examples.set(i, example(panic, process));
        }
        return;
      }
    }
    if (examples.size() < MAX_EXAMPLES) {
      examples.add(example(panic, process));
    }
  }

  private static PanicExample example(PanicCount panic, String process) {
    boolean crashed = panic.getInitFailure() && !panic.getCrashProcess().isEmpty();
    long nanos = crashed ? panic.getCrashEpochNanos() : panic.getTimeEpochNanos();
    return PanicExample.newBuilder()
        .setFingerprint(panic.getFingerprint())
        .setFunction(panic.getFunction())
        .setFile(panic.getFile())
        .setMessage(panic.getMessage())
        .setStack(panic.getStack())
        .setTraceId(HexFormat.of().formatHex(panic.getTraceId().toByteArray()))
        .setTimeEpochMillis(nanos / 1_000_000)
        .setInitFailure(panic.getInitFailure())
        .setProcess(crashed ? panic.getCrashProcess() : process)
        .build();
  }

  /** The bucket as it is now. */
  SliBucket toBucket(boolean late) {
    SliBucket.Builder bucket = counts.clone().setLate(late);
    for (long count : durations) {
      bucket.addDurationCount(count);
    }
    for (long count : ownDurations) {
      bucket.addOwnDurationCount(count);
    }
    processes.values().forEach(share -> bucket.addProcess(share.toShare()));
    return bucket.addAllExample(examples).addAllErrorLog(errorLogs.newestFirst()).build();
  }
}
