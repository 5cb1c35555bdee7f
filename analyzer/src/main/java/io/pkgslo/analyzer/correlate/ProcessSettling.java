// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.InitReport;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What becomes of the facts about a process when their time has come. Single-threaded. */
final class ProcessSettling {
  /** A report may be of a panic whose lines are this far away. */
  private static final long PANIC_REACH_NANOS = 5_000_000_000L;

  /** A report this much later is rather of the next panic than of the one in hand. */
  private static final long NEXT_PANIC_NANOS = 1_000_000_000L;

  /** The line of an initialisation is stamped when it was read, which may be after its end. */
  private static final long INIT_REACH_NANOS = 5_000_000_000L;

  private final ProcessSink sink;
  private final MainResolver mains;
  private final long horizonMillis;
  private final PanicSettler panics;
  private final Predicate<String> isElsewhere;
  private final BiConsumer<ProcessState, ProcessReport> reports;

  /**
   * @param isElsewhere whether a process of this name is at home in another partition
   * @param reports takes the reports that lines give
   */
  ProcessSettling(
      ProcessSettings settings,
      ProcessSink sink,
      EpisodeBook episodes,
      Predicate<String> isElsewhere,
      BiConsumer<ProcessState, ProcessReport> reports) {
    this.horizonMillis = settings.duplicateHorizonMillis();
    this.sink = sink;
    this.mains = new MainResolver(settings.importPathByService(), settings.blame().sourceRoots());
    this.panics = new PanicSettler(sink, episodes, mains, isElsewhere);
    this.isElsewhere = isElsewhere;
    this.reports = reports;
  }

  /** Lines of a stream up to a time. */
  void lines(LineStream stream, long untilNanos, long arrivedMillis) {
    take(stream.process(), stream, stream.readUntil(untilNanos), arrivedMillis);
  }

  /**
   * Tells the crashes in initialisation that lines show whole, before they settle. Changes nothing
   * that counts.
   */
  void tellEarly(LineStream stream, long untilNanos) {
    for (GoEvent event : stream.peek(untilNanos)) {
      if (event instanceof GoEvent.Panicked panicked
          && stream.isNewCrash(panicked)
          && panics.tellEarly(stream.process(), report(stream, panicked, ProcessReport.FORESEEN))) {
        stream.toldEarly(panicked);
      }
    }
  }

  /** Lines that a stream cannot hold any longer. */
  void readExcess(LineStream stream, long arrivedMillis) {
    take(stream.process(), stream, stream.readExcess(), arrivedMillis);
  }

  /** A report, and everything that is due with it. */
  void panics(ProcessState known, ProcessReport report) {
    ProcessState process = known.current();
    if (!process.reports().contains(report)) {
      return;
    }
    for (ProcessReport due : List.copyOf(process.reports())) {
      if (due.arrivedMillis() <= report.arrivedMillis()) {
        readRelated(process, due);
      }
    }
    process.forgetSettledBefore(report.arrivedMillis() - PanicSettler.SETTLED_MILLIS);
    panics.settle(process, foreseen(process), report.arrivedMillis());
  }

  /**
   * Reads the panics that lines tell of if they may be the one of a report that is due: then their
   * lines are all here, due or not. Lines of other panics stay until theirs are, and so do those of
   * a recurring panic, except the first of it.
   */
  private void readRelated(ProcessState process, ProcessReport report) {
    for (LineStream stream : List.copyOf(process.streams())) {
      boolean found = false;
      for (GoEvent event : stream.peek(report.timeNanos() + PANIC_REACH_NANOS)) {
        if (event instanceof GoEvent.Panicked panicked
            && report(stream, panicked, report.arrivedMillis()).mayBeOnePanicWith(report)) {
          long firstNanos = panicked.firstTimeNanos();
          if (found && firstNanos > report.timeNanos() + NEXT_PANIC_NANOS) {
            break;
          }
          take(process, stream, stream.readPanic(firstNanos), report.arrivedMillis());
          found = true;
        }
      }
    }
  }

  /** What lines that are not due tell of the panics whose reports are not due either. */
  private static List<ProcessReport> foreseen(ProcessState process) {
    List<ProcessReport> foreseen = new ArrayList<>();
    long latestNanos =
        process.reports().stream().mapToLong(ProcessReport::timeNanos).max().orElse(Long.MIN_VALUE);
    if (latestNanos == Long.MIN_VALUE) {
      return foreseen;
    }
    for (LineStream stream : process.streams()) {
      for (GoEvent event : stream.peek(latestNanos + PANIC_REACH_NANOS)) {
        if (event instanceof GoEvent.Panicked panicked) {
          foreseen.add(report(stream, panicked, ProcessReport.FORESEEN));
        }
      }
    }
    return foreseen;
  }

  void initSpan(ProcessState known, Origin origin, ProcessInit init, long arrivedMillis) {
    ProcessState process = known.current();
    GoPackage initialised =
        init.getPackage().isEmpty() ? GoPackage.UNATTRIBUTED : new GoPackage(init.getPackage());
    InitReport report =
        InitReport.newBuilder()
            .setOrigin(origin)
            .setPackage(initialised.isMain() ? GoPackage.MAIN.path() : initialised.path())
            .setTimeEpochNanos(init.getTimeEpochNanos())
            .setDurationNanos(init.getDurationNanos())
            .setAppendedMillis(arrivedMillis)
            .build();
    if (!isForwarded(process, report)) {
      Origin named = process.name(origin);
      countOnce(process, null, report, named, resolve(initialised, named));
    }
  }

  /** What another partition read of a process that is at home here. */
  void forwardedInit(ProcessState known, InitReport report) {
    ProcessState process = known.current();
    if (!isForwarded(process, report)) {
      Origin named = process.name(report.getOrigin());
      long runStart = report.getRunStartNanos();
      InitRuns.Run run = runStart == 0 ? null : process.runs().linesOf(runStart);
      String goPackage = resolve(new GoPackage(report.getPackage()), named);
      countOnce(process, run, report, named, goPackage);
    }
  }

  /**
   * Another partition knows the process under a better name, and may know of the same
   * initialisation: all reports of it meet there.
   */
  private boolean isForwarded(ProcessState process, InitReport report) {
    String home = process.homeName();
    if (!isElsewhere.test(home)) {
      return false;
    }
    Origin.Builder origin = process.name(report.getOrigin()).toBuilder().setProcess(home);
    sink.forward(report.toBuilder().setOrigin(origin).build());
    return true;
  }

  /**
   * @param run of the line that reports it; null for a span
   */
  private void countOnce(
      ProcessState process,
      InitRuns.@Nullable Run run,
      InitReport report,
      Origin named,
      String goPackage) {
    long endNanos = report.getTimeEpochNanos();
    long arrivedMillis = report.getAppendedMillis();
    long fromMillis = arrivedMillis - horizonMillis;
    String told = report.getPackage();
    InitRuns.Told init = new InitRuns.Told(told, endNanos, run != null, arrivedMillis);
    boolean counts =
        run == null
            ? !isTold(process, told, endNanos) && process.runs().span(init, fromMillis)
            : run.add(init, fromMillis);
    if (counts) {
      count(named, goPackage, endNanos, report.getDurationNanos());
    } else {
      sink.dropped(CorrelateDrop.MERGED_INIT, 1);
    }
  }

  /** True if a line that is not due yet tells of the same initialisation: then the line counts. */
  private static boolean isTold(ProcessState process, String importPath, long endNanos) {
    for (LineStream stream : process.streams()) {
      for (GoEvent event : stream.peek(endNanos + INIT_REACH_NANOS)) {
        if (event instanceof GoEvent.Initialised init
            && init.line().importPath().equals(importPath)
            && Math.abs(init.timeNanos() - endNanos) <= INIT_REACH_NANOS) {
          return true;
        }
      }
    }
    return false;
  }

  private void take(
      ProcessState process, LineStream stream, List<GoEvent> events, long arrivedMillis) {
    for (GoEvent event : events) {
      if (event instanceof GoEvent.Initialised init) {
        initLine(stream, init, arrivedMillis);
      } else if (event instanceof GoEvent.Panicked panicked) {
        reports.accept(process, report(stream, panicked, arrivedMillis));
      }
    }
  }

  private static ProcessReport report(
      LineStream stream, GoEvent.Panicked panicked, long arrivedMillis) {
    String process = stream.origin().getProcess();
    PanicReport report = report(panicked.panic(), panicked.firstTimeNanos(), process);
    return new ProcessReport(report, stream.origin(), panicked.panic(), arrivedMillis);
  }

  private void initLine(LineStream stream, GoEvent.Initialised init, long arrivedMillis) {
    ProcessState process = stream.process();
    InitLine line = init.line();
    InitRuns.Run run = stream.runOf(line, init.timeNanos(), process.runs());
    InitReport report =
        InitReport.newBuilder()
            .setOrigin(stream.origin())
            .setPackage(line.importPath())
            .setTimeEpochNanos(init.timeNanos())
            .setDurationNanos(line.clockNanos())
            .setRunStartNanos(run.linesStartNanos())
            .setAppendedMillis(arrivedMillis)
            .build();
    if (!isForwarded(process, report)) {
      Origin named = process.name(stream.origin());
      countOnce(process, run, report, named, resolve(line.pkg(), named));
    }
  }

  private String resolve(GoPackage goPackage, Origin named) {
    return goPackage.equals(GoPackage.MAIN)
        ? mains.resolve((String) null, named.getService()).pkg().path()
        : goPackage.path();
  }

  private void count(Origin origin, String goPackage, long endNanos, long durationNanos) {
    sink.init(
        origin,
        goPackage,
        InitTime.newBuilder().setTimeEpochNanos(endNanos).setDurationNanos(durationNanos).build());
  }

  private static PanicReport report(GoPanic panic, long firstNanos, String lineProcess) {
    boolean attributed = !panic.pkg().isUnattributed();
    String type = panic.type();
    String file = panic.file();
    return PanicReport.newBuilder()
        .setLineProcess(lineProcess)
        // A recovered panic is printed by a logger, whatever it writes to.
        .setSource(panic.recovered() ? PanicReport.Source.LOG : PanicReport.Source.STDERR)
        .setIdentityHigh(firstNanos)
        .setIdentityLow(panic.fingerprint())
        .setTimeEpochNanos(firstNanos)
        .setType(type == null ? "" : type)
        .setMessage(panic.message())
        .setNormalisedMessage(panic.normalisedMessage())
        .setPackage(attributed ? panic.pkg().path() : "")
        .setFunction(panic.function())
        .setFile(file == null ? "" : file)
        .setFingerprint(attributed ? panic.fingerprint() : 0)
        .setRecovered(panic.recovered())
        .setInitFailure(panic.initFailure())
        .setSecondhand(panic.isSecondhand())
        .setStack(panic.stack())
        .setWeight(FixedPoint.ONE)
        .build();
  }
}
