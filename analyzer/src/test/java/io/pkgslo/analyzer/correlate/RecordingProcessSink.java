// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.AuditReport;
import io.pkgslo.model.wire.InitReport;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down what processes give. */
final class RecordingProcessSink implements ProcessSink {
  record Panic(Origin origin, String goPackage, PanicCount count) {}

  final List<String> selected = new ArrayList<>();
  final List<Panic> panics = new ArrayList<>();
  final List<Panic> earlyCrashes = new ArrayList<>();
  final List<String> inits = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  final List<PanicReport> forwarded = new ArrayList<>();
  final List<InitReport> forwardedInits = new ArrayList<>();
  final List<AuditReport> forwardedAudits = new ArrayList<>();
  final List<String> forwardedLogs = new ArrayList<>();
  final List<String> runtime = new ArrayList<>();
  final Set<Episode> kept = new LinkedHashSet<>();
  final List<Episode> opened = new ArrayList<>();
  final List<Episode> forgotten = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  final Map<CorrelateDrop, Long> drops = new EnumMap<>(CorrelateDrop.class);

  @Override
  public void panic(Origin origin, String goPackage, PanicCount panic) {
    panics.add(new Panic(origin, goPackage, panic));
  }

  @Override
  public void earlyCrash(Origin origin, String goPackage, PanicCount crash) {
    earlyCrashes.add(new Panic(origin, goPackage, crash));
  }

  @Override
  public void forward(PanicReport report) {
    forwarded.add(report);
  }

  @Override
  public void forward(InitReport report) {
    forwardedInits.add(report);
  }

  @Override
  public void forward(AuditReport report) {
    forwardedAudits.add(report);
  }

  @Override
  public void forward(Origin origin, ProcessLog log, long arrivedMillis) {
    forwardedLogs.add(
        origin.getService()
            + " "
            + log.getSeverity()
            + " in "
            + log.getTraceIdLow()
            + " "
            + log.getSpanId());
  }

  @Override
  public void init(Origin origin, String goPackage, InitTime init) {
    inits.add(origin.getService() + " " + goPackage + " " + init.getDurationNanos());
  }

  @Override
  public void log(Origin origin, String goPackage, int severity, long timeEpochNanos, String text) {
    logs.add(origin.getService() + " " + goPackage + " " + severity);
  }

  @Override
  public void runtime(Origin origin, RuntimePoint point) {
    runtime.add(origin.getService() + " " + point.getMetric());
  }

  @Override
  public void episodeOpened(Episode episode) {
    opened.add(episode);
    kept.add(episode);
  }

  @Override
  public void episodeForgotten(Episode episode) {
    forgotten.add(episode);
    kept.remove(episode);
  }

  @Override
  public void selectedLog(Origin origin, String goPackage, SelectionSet set, long timeEpochNanos) {
    selected.add(origin.getService() + " " + goPackage + " " + timeEpochNanos + " " + set);
  }

  @Override
  public void selectedPoint(Origin origin, SelectedPoint point) {
    selected.add(origin.getService() + " " + point);
  }

  @Override
  public void progress(long throughMillis) {
    progress.add(throughMillis - TestSpans.T0_MILLIS);
  }

  @Override
  public void dropped(CorrelateDrop reason, long count) {
    drops.merge(reason, count, Long::sum);
  }

  /** Service, package and whether an episode opens, of each panic. */
  List<String> panicLines() {
    return panics.stream()
        .map(
            panic ->
                panic.origin().getService()
                    + " "
                    + panic.goPackage()
                    + (panic.count().getEpisode() ? " opens" : ""))
        .toList();
  }

  void clear() {
    panics.clear();
    earlyCrashes.clear();
    inits.clear();
    logs.clear();
    runtime.clear();
    selected.clear();
    forwarded.clear();
    forwardedInits.clear();
    forwardedAudits.clear();
    forwardedLogs.clear();
    opened.clear();
    forgotten.clear();
    progress.clear();
    drops.clear();
  }

  /** All that was written down in an order that matters, to compare. */
  List<?> everything() {
    return List.of(
        panics,
        earlyCrashes,
        inits,
        logs,
        runtime,
        selected,
        forwarded,
        forwardedInits,
        forwardedAudits,
        forwardedLogs,
        opened,
        progress,
        drops);
  }
}
