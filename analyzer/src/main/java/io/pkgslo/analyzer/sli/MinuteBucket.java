// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
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
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: what one package of one arm did in one minute. Processes, init times
 * and examples are bounded; counts are whole whatever the bounds.
 */
final class MinuteBucket {
  static final long WIDTH_MILLIS = 60_000;

  private static final int MAX_INITS = 256;
  private static final int MAX_EXAMPLES = 3;
  private static final int MAX_ERROR_LOGS = 3;

  private final SubjectKey subject;
  private final String arm;
  private final long startMillis;
  private final ProcessMinutes processes = new ProcessMinutes();
  private long calls;
  private long errors;
  private long weightedCalls;
  private long weightedErrors;
  private long ownErrors;
  private long apiCalls;
  private long apiErrors;
  private long clientCalls;
  private long clientErrors;
  private boolean weightUnknown;

  /** Null until there is more than calls. */
  private @Nullable Rarities rarities;

  private boolean changed;
  private boolean open;

  /** What few minutes have. */
  private static final class Rarities {
    long panics;
    long panicEpisodes;
    long initFailures;
    long inits;
    final List<Long> initNanos = new ArrayList<>();
    final List<PanicExample> examples = new ArrayList<>();
    final LastErrorLogs errorLogs = new LastErrorLogs(MAX_ERROR_LOGS);
  }

  MinuteBucket(SubjectKey subject, String arm, long startMillis) {
    this.subject = subject;
    this.arm = arm;
    this.startMillis = startMillis;
  }

  /** A bucket of {@code subject} as it was stored. */
  MinuteBucket(SubjectKey subject, SliBucket stored) {
    this(subject, stored.getArm(), stored.getStartEpochMillis());
    calls = stored.getCalls();
    errors = stored.getErrors();
    weightedCalls = stored.getWeightedCalls();
    weightedErrors = stored.getWeightedErrors();
    ownErrors = stored.getOwnErrors();
    apiCalls = stored.getApiCalls();
    apiErrors = stored.getApiErrors();
    clientCalls = stored.getClientCalls();
    clientErrors = stored.getClientErrors();
    weightUnknown = stored.getWeightUnknown();
    processes.restore(stored);
    restoreRarities(stored);
  }

  private void restoreRarities(SliBucket stored) {
    if (stored.getPanics() + stored.getInitFailures() + stored.getInits() == 0
        && stored.getExampleCount() + stored.getErrorLogCount() == 0) {
      return;
    }
    Rarities some = rarities();
    some.panics = stored.getPanics();
    some.panicEpisodes = stored.getPanicEpisodes();
    some.initFailures = stored.getInitFailures();
    some.inits = stored.getInits();
    some.initNanos.addAll(stored.getInitNanosList());
    some.examples.addAll(stored.getExampleList());
    some.errorLogs.restore(stored.getErrorLogList());
  }

  private Rarities rarities() {
    if (rarities == null) {
      rarities = new Rarities();
    }
    return rarities;
  }

  /** Start of the minute of {@code epochMillis}. */
  static long startOf(long epochMillis) {
    return Math.floorDiv(epochMillis, WIDTH_MILLIS) * WIDTH_MILLIS;
  }

  SubjectKey subject() {
    return subject;
  }

  String arm() {
    return arm;
  }

  long startMillis() {
    return startMillis;
  }

  long endMillis() {
    return startMillis + WIDTH_MILLIS;
  }

  /** Differs from its durable record. */
  void changed() {
    changed = true;
  }

  /** Whether it differs from its durable record, which is about to be written. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Whether it waits to be given out once it is closed; true from the second time on. */
  boolean isOpenAgain() {
    boolean was = open;
    open = true;
    return was;
  }

  void add(CallCount call, String process, long firstSeenMillis) {
    boolean failed = call.getStatus() == SpanTraits.STATUS_ERROR;
    calls += call.getCount();
    weightedCalls += call.getWeight();
    if (failed) {
      errors += call.getCount();
      weightedErrors += call.getWeight();
    }
    if (call.getApi()) {
      apiCalls += call.getCount();
      apiErrors += failed ? call.getCount() : 0;
    }
    weightUnknown |= call.getWeightUnknown();
    ownErrors += call.getOwnErrors();
    processes.of(process, firstSeenMillis).add(call, failed);
  }

  void add(OwnTime own, String process, long firstSeenMillis) {
    clientCalls += own.getClientCalls();
    clientErrors += own.getClientErrors();
    processes.of(process, firstSeenMillis).add(own);
  }

  void add(PanicCount panic, String process, long firstSeenMillis) {
    ProcessMinute share = processes.of(process, firstSeenMillis);
    Rarities some = rarities();
    if (panic.getInitFailure()) {
      some.initFailures++;
    } else {
      some.panics++;
      if (panic.getEpisode()) {
        some.panicEpisodes++;
        share.addEpisode();
      }
    }
    weightUnknown |= panic.getWeightUnknown();
    keepExample(some.examples, panic, process);
  }

  void add(InitTime init, String process, long firstSeenMillis) {
    Rarities some = rarities();
    some.inits++;
    if (some.initNanos.size() < MAX_INITS) {
      some.initNanos.add(init.getDurationNanos());
    }
    processes.of(process, firstSeenMillis);
  }

  void add(ErrorLogExample log) {
    rarities().errorLogs.add(log);
  }

  /** One example per fingerprint; one with a stack takes the place of one without. */
  private static void keepExample(List<PanicExample> examples, PanicCount panic, String process) {
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
    SliBucket.Builder bucket =
        SliBucket.newBuilder()
            .setService(subject.service())
            .setVersion(subject.version())
            .setPackage(subject.goPackage())
            .setArm(arm)
            .setStartEpochMillis(startMillis)
            .setWidthSeconds((int) (WIDTH_MILLIS / 1_000))
            .setLate(late)
            .setCalls(calls)
            .setErrors(errors)
            .setWeightedCalls(weightedCalls)
            .setWeightedErrors(weightedErrors)
            .setOwnErrors(ownErrors)
            .setApiCalls(apiCalls)
            .setApiErrors(apiErrors)
            .setClientCalls(clientCalls)
            .setClientErrors(clientErrors)
            .setWeightUnknown(weightUnknown);
    processes.addTo(bucket);
    if (rarities != null) {
      addRarities(rarities, bucket);
    }
    return bucket.build();
  }

  private static void addRarities(Rarities some, SliBucket.Builder bucket) {
    bucket
        .setPanics(some.panics)
        .setPanicEpisodes(some.panicEpisodes)
        .setInitFailures(some.initFailures)
        .setInits(some.inits)
        .addAllInitNanos(some.initNanos)
        .addAllExample(some.examples)
        .addAllErrorLog(some.errorLogs.newestFirst());
  }
}
