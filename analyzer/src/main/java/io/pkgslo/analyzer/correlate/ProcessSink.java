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

/**
 * What processes give, each item once. Service and version of an origin are never empty here; a
 * package is an import path, {@code std}, {@code main@service} or {@code (unattributed)}.
 */
public interface ProcessSink {
  /** A panic or init failure after all its reports were merged; indexes are not set. */
  void panic(Origin origin, String goPackage, PanicCount panic);

  /**
   * A crash in initialisation ahead of its {@link #panic}: for whoever cannot wait until it has
   * settled. Nothing is counted; indexes are not set.
   */
  void earlyCrash(Origin origin, String goPackage, PanicCount crash);

  /**
   * A report of a panic whose process has its home in another partition: it is known there under
   * the name in the report's origin. To be handed to {@link
   * ProcessCorrelator#accept(io.pkgslo.model.wire.PanicBlock)} there.
   */
  void forward(PanicReport report);

  /** A report of an initialisation, as {@link #forward(PanicReport)}. */
  void forward(InitReport report);

  /** What belongs to an audit event, as {@link #forward(PanicReport)}. */
  void forward(AuditReport report);

  /** A package's initialisation in one process run; indexes are not set. */
  void init(Origin origin, String goPackage, InitTime init);

  /**
   * A log record that names no trace.
   *
   * @param severity OTLP severity number
   * @param text start of its text, for severity ERROR and above; else empty
   */
  void log(Origin origin, String goPackage, int severity, long timeEpochNanos, String text);

  /** What a log record that was handed over is to selectors of objectives. */
  void selectedLog(Origin origin, String goPackage, SelectionSet set, long timeEpochNanos);

  /** A point of a counter that objectives select; its package is never empty. */
  void selectedPoint(Origin origin, SelectedPoint point);

  /**
   * A log record of which a trace became known: its span decides what is left to decide. To be
   * handed to {@link TraceCorrelator#accept(io.pkgslo.model.wire.LogBlock)}.
   *
   * @param log names the trace
   * @param arrivedMillis append time
   */
  void forward(Origin origin, ProcessLog log, long arrivedMillis);

  /** A point of a Go runtime metric, as it came. */
  void runtime(Origin origin, RuntimePoint point);

  /**
   * An episode opened. It may have to be known for longer than blocks are kept: whoever keeps the
   * blocks keeps it too, and gives it to {@link ProcessCorrelator#restore} before a replay.
   */
  void episodeOpened(Episode episode);

  /**
   * An episode need not be known any more; after a replay it may be one that nobody was told of.
   */
  void episodeForgotten(Episode episode);

  /** Everything that arrived up to {@code throughMillis} was handed over before this call. */
  void progress(long throughMillis);

  /** {@code count} items or relations did not count as they stood. */
  void dropped(CorrelateDrop reason, long count);
}
