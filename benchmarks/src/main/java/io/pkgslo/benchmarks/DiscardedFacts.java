// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.ingest.attribute.FactSink;
import io.pkgslo.ingest.attribute.LogFact;
import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.ingest.attribute.SpanFact;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;

/** Takes facts and keeps a number of each, so that none is left out by the compiler. */
final class DiscardedFacts implements FactSink {
  long total;

  @Override
  public void span(SpanFact span) {
    total += span.spanId() + span.goPackage().length() + span.traits();
  }

  @Override
  public void selectedSpan(SelectionSet selected) {
    total++;
  }

  @Override
  public void panicOfSpan(PanicReport.Builder panic) {
    total++;
  }

  @Override
  public void log(LogFact log) {
    total++;
  }

  @Override
  public void selectedLog(SelectionSet selected) {
    total++;
  }

  @Override
  public void processLog(ProcessOrigin origin, ProcessLog.Builder log) {
    total++;
  }

  @Override
  public void request(ProcessOrigin origin, ProcessRequest.Builder request) {
    total++;
  }

  @Override
  public void panicOfLog(ProcessOrigin origin, PanicReport.Builder panic) {
    total++;
  }

  @Override
  public void panicOfTracedLog(ProcessOrigin origin, PanicReport.Builder panic) {
    total++;
  }

  @Override
  public void init(ProcessOrigin origin, ProcessInit.Builder init) {
    total++;
  }

  @Override
  public void line(ProcessOrigin origin, String stream, ProcessLine.Builder line) {
    total++;
  }

  @Override
  public void runtime(ProcessOrigin origin, RuntimePoint.Builder point) {
    total++;
  }

  @Override
  public void selectedPoint(ProcessOrigin origin, SelectedPoint.Builder point) {
    total++;
  }

  @Override
  public void alias(ProcessOrigin origin) {
    total++;
  }
}
