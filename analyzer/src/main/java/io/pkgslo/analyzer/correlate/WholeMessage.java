// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.AuditReport;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.InitReport;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the correlators make of a few facts when nothing else ever comes: for people who ask what
 * pkgslo sees in one message. Mutable, single-threaded, for one use.
 */
public final class WholeMessage {
  private static final long EVER_MILLIS = Long.MAX_VALUE / 4;

  /** A panic or init failure, and whose it is. */
  public record Panicked(String goPackage, PanicCount panic) {}

  /** The initialisation of a package. */
  public record Initialised(String goPackage, long durationNanos) {}

  private final Map<Integer, String> packageOfSpan = new TreeMap<>();
  private final Map<Integer, String> packageOfLog = new TreeMap<>();
  private final List<PanicReport> panicsOfSpans = new ArrayList<>();
  private final List<Panicked> panics = new ArrayList<>();
  private final List<Initialised> inits = new ArrayList<>();

  /**
   * Settles everything that the blocks hold.
   *
   * @param importPathByService and
   * @param blame as in {@link ProcessSettings}
   */
  public WholeMessage(
      SpanBlock spans,
      LogBlock logs,
      ProcessBlock processes,
      Map<String, String> importPathByService,
      BlamePolicy blame) {
    TraceCorrelator traces = new TraceCorrelator(TraceSettings.defaults(), new Traces());
    traces.accept(spans);
    traces.accept(logs);
    traces.accept(
        SpanBlock.newBuilder()
            .addProgress(ever(Topics.OTLP_SPANS))
            .addProgress(ever(Topics.OTLP_LOGS))
            .build());
    ProcessCorrelator process =
        new ProcessCorrelator(
            ProcessSettings.defaults().with(importPathByService, blame), new Processed());
    process.accept(processes);
    process.accept(PanicBlock.newBuilder().addAllPanic(panicsOfSpans).build());
    ProcessBlock.Builder end = ProcessBlock.newBuilder();
    for (String topic :
        List.of(Topics.OTLP_SPANS, Topics.OTLP_LOGS, Topics.OTLP_METRICS, Topics.SPANS)) {
      end.addProgress(ever(topic));
    }
    process.accept(end.build());
  }

  private static Progress ever(String topic) {
    return Progress.newBuilder()
        .setTopic(topic)
        .setPartitions(1)
        .setThroughMillis(EVER_MILLIS)
        .build();
  }

  /** The package of each call, by its row in the block. */
  public Map<Integer, String> packageOfSpan() {
    return packageOfSpan;
  }

  /** The package of each log record that names a trace, by its row in the block. */
  public Map<Integer, String> packageOfLog() {
    return packageOfLog;
  }

  /** After everything that reports a panic was merged. */
  public List<Panicked> panics() {
    return panics;
  }

  public List<Initialised> inits() {
    return inits;
  }

  private final class Traces implements TraceSink {
    @Override
    public void call(Origin origin, String goPackage, SpanColumns spans, int row) {
      packageOfSpan.put(row, goPackage);
    }

    @Override
    public void panic(PanicReport report) {
      panicsOfSpans.add(report);
    }

    @Override
    public void log(Origin origin, String goPackage, LogBlock logs, int row) {
      packageOfLog.put(row, goPackage);
    }

    @Override
    public void ownError(Origin origin, String goPackage, SpanColumns spans, int row) {}

    @Override
    public void ownTime(
        Origin origin, String goPackage, SpanColumns spans, int row, long ownNanos) {}

    @Override
    public void clientCall(
        Origin origin, String goPackage, SpanColumns spans, int row, boolean failedForItAlone) {}

    @Override
    public void edge(Subject caller, Subject callee, SpanColumns spans, int row, long selfNanos) {}

    @Override
    public void contextLost(Subject subject, ContextLoss.Kind kind, SpanColumns spans, int row) {}

    @Override
    public void orphaned(Orphan orphan, long count) {}

    @Override
    public void orphanFound(Orphan orphan, long count) {}

    @Override
    public void orphanKept(Orphan orphan) {}

    @Override
    public void orphanForgotten(Orphan orphan) {}

    @Override
    public void progress(long throughMillis) {}

    @Override
    public void dropped(CorrelateDrop reason, long count) {}
  }

  private final class Processed implements ProcessSink {
    @Override
    public void panic(Origin origin, String goPackage, PanicCount panic) {
      panics.add(new Panicked(goPackage, panic));
    }

    @Override
    public void earlyCrash(Origin origin, String goPackage, PanicCount crash) {
      // It comes again as a panic: a message is read to its end.
    }

    @Override
    public void forward(PanicReport report) {}

    @Override
    public void forward(InitReport report) {}

    @Override
    public void forward(AuditReport report) {}

    @Override
    public void forward(Origin origin, ProcessLog log, long arrivedMillis) {}

    @Override
    public void init(Origin origin, String goPackage, InitTime init) {
      inits.add(new Initialised(goPackage, init.getDurationNanos()));
    }

    @Override
    public void log(
        Origin origin, String goPackage, int severity, long timeEpochNanos, String text) {}

    @Override
    public void selectedLog(
        Origin origin, String goPackage, SelectionSet set, long timeEpochNanos) {}

    @Override
    public void selectedPoint(Origin origin, SelectedPoint point) {}

    @Override
    public void runtime(Origin origin, RuntimePoint point) {}

    @Override
    public void episodeOpened(Episode episode) {}

    @Override
    public void episodeForgotten(Episode episode) {}

    @Override
    public void progress(long throughMillis) {}

    @Override
    public void dropped(CorrelateDrop reason, long count) {}
  }
}
