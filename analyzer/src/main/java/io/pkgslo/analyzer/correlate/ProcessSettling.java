// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import java.util.List;
import java.util.function.BiConsumer;

/** What becomes of the facts about a process when their time has come. Single-threaded. */
final class ProcessSettling {
  /** A report may be of a panic whose lines are this far away. */
  private static final long PANIC_REACH_NANOS = 5_000_000_000L;

  /** The line of an initialisation is stamped when it was read, a little after its end. */
  private static final long INIT_REACH_NANOS = 1_000_000_000L;

  private static final long SETTLED_MILLIS = 60_000L;

  private final ProcessSink sink;
  private final MainResolver mains;
  private final PanicSettler panics;
  private final BiConsumer<ProcessState, ProcessReport> reports;

  /**
   * @param reports takes the reports that lines give
   */
  ProcessSettling(
      ProcessSink sink, MainResolver mains, BiConsumer<ProcessState, ProcessReport> reports) {
    this.sink = sink;
    this.mains = mains;
    this.panics = new PanicSettler(sink, mains);
    this.reports = reports;
  }

  /** Lines of a stream up to a time. */
  void lines(LineStream stream, long untilNanos, long arrivedMillis) {
    take(stream.process(), stream, stream.readUntil(untilNanos), arrivedMillis);
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
    readAround(process, report.timeNanos() + PANIC_REACH_NANOS);
    process.forgetSettledBefore(report.arrivedMillis() - SETTLED_MILLIS);
    panics.settle(process, report.arrivedMillis());
  }

  void initSpan(ProcessState known, Origin origin, ProcessInit init) {
    ProcessState process = known.current();
    readAround(process, init.getTimeEpochNanos() + INIT_REACH_NANOS);
    Origin named = process.name(origin);
    String importPath = init.getPackage().isEmpty() ? Origins.UNATTRIBUTED : init.getPackage();
    if (process.runs().span(importPath, init.getTimeEpochNanos())) {
      String goPackage = resolve(new GoPackage(importPath), named);
      count(named, goPackage, init.getTimeEpochNanos(), init.getDurationNanos());
    } else {
      sink.dropped(CorrelateDrop.MERGED_INIT, 1);
    }
  }

  /** Whatever lines may be of one panic, or initialisation, with what is due now. */
  private void readAround(ProcessState process, long untilNanos) {
    for (LineStream stream : List.copyOf(process.streams())) {
      take(process, stream, stream.readAround(untilNanos), stream.arrivedMillis());
    }
  }

  private void take(
      ProcessState process, LineStream stream, List<GoEvent> events, long arrivedMillis) {
    for (GoEvent event : events) {
      if (event instanceof GoEvent.Initialised init) {
        initLine(process, stream, init.line(), init.timeNanos());
      } else if (event instanceof GoEvent.Panicked panicked) {
        PanicReport report = report(panicked.panic(), panicked.firstTimeNanos());
        reports.accept(
            process, new ProcessReport(report, stream.origin(), panicked.panic(), arrivedMillis));
      }
    }
  }

  private void initLine(ProcessState process, LineStream stream, InitLine line, long timeNanos) {
    InitRuns.Run run = stream.runOf(line, timeNanos, process.runs());
    if (run.add(line.importPath(), timeNanos)) {
      Origin named = process.name(stream.origin());
      count(named, resolve(line.pkg(), named), timeNanos, line.clockNanos());
    } else {
      sink.dropped(CorrelateDrop.MERGED_INIT, 1);
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

  private static PanicReport report(GoPanic panic, long firstNanos) {
    boolean attributed = !panic.pkg().isUnattributed();
    String type = panic.type();
    String file = panic.file();
    return PanicReport.newBuilder()
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
        .setStack(panic.stack())
        .setWeight(FixedPoint.ONE)
        .build();
  }
}
