// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what traces give. */
final class RecordingTraceSink implements TraceSink {
  final List<String> calls = new ArrayList<>();
  final List<Long> ownErrors = new ArrayList<>();
  final List<String> ownTimes = new ArrayList<>();
  final List<String> clientCalls = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  final List<String> edges = new ArrayList<>();
  final List<String> losses = new ArrayList<>();
  final List<String> orphans = new ArrayList<>();
  final List<PanicReport> panics = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  final Map<CorrelateDrop, Long> drops = new EnumMap<>(CorrelateDrop.class);

  /** What is to be kept beside the blocks; {@link #clear} leaves it. */
  final Map<Orphan.Key, Orphan> kept = new HashMap<>();

  @Override
  public void call(Origin origin, String goPackage, SpanColumns spans, int row) {
    calls.add(origin.getService() + " " + goPackage + " " + spans.spanId(row));
  }

  @Override
  public void ownError(Origin origin, String goPackage, SpanColumns spans, int row) {
    ownErrors.add(spans.spanId(row));
  }

  @Override
  public void ownTime(Origin origin, String goPackage, SpanColumns spans, int row, long ownNanos) {
    ownTimes.add(
        origin.getArm() + " " + goPackage + " " + spans.spanId(row) + " " + ownNanos / 1e6);
  }

  @Override
  public void clientCall(
      Origin origin, String goPackage, SpanColumns spans, int row, boolean failedForItAlone) {
    clientCalls.add(
        origin.getService()
            + " "
            + goPackage
            + " "
            + spans.spanId(row)
            + (failedForItAlone ? " failed" : ""));
  }

  @Override
  public void panic(PanicReport report) {
    panics.add(report);
  }

  @Override
  public void log(Origin origin, String goPackage, LogBlock block, int row) {
    logs.add(origin.getService() + " " + goPackage);
  }

  @Override
  public void edge(Subject caller, Subject callee, SpanColumns spans, int row, long selfNanos) {
    boolean failed = SpanTraits.has(spans.traits(row), SpanTraits.FAILED);
    edges.add(
        name(caller)
            + " -> "
            + name(callee)
            + (failed ? " failed " : " ")
            + selfNanos / 1_000_000.0);
  }

  @Override
  public void contextLost(Subject subject, ContextLoss.Kind kind, SpanColumns spans, int row) {
    losses.add(kind + " " + name(subject) + " " + spans.spanId(row));
  }

  @Override
  public void orphaned(Orphan orphan, long count) {
    orphans.add("lost " + describe(orphan) + " " + count);
  }

  @Override
  public void orphanFound(Orphan orphan, long count) {
    orphans.add("found " + describe(orphan) + " " + count);
  }

  @Override
  public void orphanKept(Orphan orphan) {
    kept.put(orphan.what(), orphan);
  }

  @Override
  public void orphanForgotten(Orphan orphan) {
    kept.remove(orphan.what());
  }

  private static String name(Subject subject) {
    return subject.origin().getService() + " " + subject.goPackage();
  }

  private static String describe(Orphan orphan) {
    Orphan.Key what = orphan.what();
    String item =
        switch (what.item().detail()) {
          case Orphan.SPAN -> "span";
          case Orphan.CALL -> "call";
          default -> "log " + what.item().detail();
        };
    return item + " " + what.service() + " " + what.goPackage() + " " + what.missingSpanId();
  }

  @Override
  public void progress(long throughMillis) {
    progress.add(throughMillis - TestSpans.T0_MILLIS);
  }

  @Override
  public void dropped(CorrelateDrop reason, long count) {
    drops.merge(reason, count, Long::sum);
  }

  void clear() {
    calls.clear();
    ownErrors.clear();
    clientCalls.clear();
    ownTimes.clear();
    logs.clear();
    edges.clear();
    losses.clear();
    orphans.clear();
    panics.clear();
    progress.clear();
    drops.clear();
  }

  /** All that was written down, to compare; orphans of one time have no order. */
  List<Object> everything() {
    return List.of(
        calls,
        ownErrors,
        ownTimes,
        clientCalls,
        logs,
        edges,
        losses,
        orphans.stream().sorted().toList(),
        kept,
        panics,
        progress,
        drops);
  }
}
