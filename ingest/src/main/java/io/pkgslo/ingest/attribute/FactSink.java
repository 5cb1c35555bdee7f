// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;

/**
 * Takes the facts of one record, in the order of its items. The sink finds the target partition and
 * fills in what depends on the block: indexes and the origin. Builders belong to the sink once they
 * are handed over.
 */
public interface FactSink {
  /** One span. The carrier is reused by the caller afterwards. */
  void span(SpanFact span);

  /** What the span handed over last is to selectors of objectives. */
  void selectedSpan(SelectionSet selected);

  /** A panic that the span handed over last reports. */
  void panicOfSpan(PanicReport.Builder panic);

  /** A log record with a trace id. The carrier is reused by the caller afterwards. */
  void log(LogFact log);

  /** What the log record handed over last is to selectors of objectives. */
  void selectedLog(SelectionSet selected);

  /** A log record without a trace id, or a Kubernetes audit record. */
  void processLog(ProcessOrigin origin, ProcessLog.Builder log);

  /** A trace of which a request is known. */
  void request(ProcessOrigin origin, ProcessRequest.Builder request);

  /** A panic that a log record reports. */
  void panicOfLog(ProcessOrigin origin, PanicReport.Builder panic);

  /**
   * A panic that the log record handed over last reports, and of which its span tells the package.
   */
  void panicOfTracedLog(ProcessOrigin origin, PanicReport.Builder panic);

  /** The initialisation of a package that a span reports. */
  void init(ProcessOrigin origin, ProcessInit.Builder init);

  /** A line of the process's stderr; {@code stream} names the line stream within the process. */
  void line(ProcessOrigin origin, String stream, ProcessLine.Builder line);

  /** One point of a Go runtime metric. */
  void runtime(ProcessOrigin origin, RuntimePoint.Builder point);

  /** One point of a metric that objectives count. */
  void selectedPoint(ProcessOrigin origin, SelectedPoint.Builder point);

  /** The names of a process, to the partition of each of them. */
  void alias(ProcessOrigin origin);
}
