// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes down what traces give. */
final class RecordingTraceSink implements TraceSink {
  final List<String> calls = new ArrayList<>();
  final List<Long> ownErrors = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  final List<PanicReport> panics = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  final Map<CorrelateDrop, Long> drops = new EnumMap<>(CorrelateDrop.class);

  @Override
  public void call(Origin origin, String goPackage, SpanBlock spans, int row) {
    calls.add(origin.getService() + " " + goPackage + " " + spans.getSpanId(row));
  }

  @Override
  public void ownError(Origin origin, String goPackage, SpanBlock spans, int row) {

    ownErrors.add(spans.getSpanId(row));
  }

  @Override
  public void panic(PanicReport report) {
    panics.add(report);
  }

  @Override
  public void log(Origin origin, String goPackage, LogBlock block, int row, boolean orphan) {
    logs.add(origin.getService() + " " + goPackage + (orphan ? " orphan" : ""));
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
    logs.clear();
    panics.clear();
    progress.clear();
    drops.clear();
  }

  /** All that was written down, to compare. */
  List<Object> everything() {
    return List.of(calls, ownErrors, logs, panics, progress, drops);
  }
}
