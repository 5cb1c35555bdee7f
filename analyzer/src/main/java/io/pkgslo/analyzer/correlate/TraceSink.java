// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;

/**
 * What traces give, each item once. Service and version of an origin are never empty here; a
 * package is an import path, {@code std} or {@code (unattributed)}.
 */
interface TraceSink {
  /**
   * A call. Its columns are read from the block, so that a span costs no object; the block must not
   * be kept.
   *
   * @param goPackage the span's own or a borrowed one
   */
  void call(Origin origin, String goPackage, SpanColumns spans, int row);

  /** The error of a call that was handed over, now or before, begins in it. */
  void ownError(Origin origin, String goPackage, SpanColumns spans, int row);

  /**
   * How long a call that was handed over, now or before, took by itself.
   *
   * @param ownNanos its duration without the time in which a child ran
   */
  void ownTime(Origin origin, String goPackage, SpanColumns spans, int row, long ownNanos);

  /**
   * The caller of an API call that was handed over, now or before, is known by its CLIENT span.
   *
   * @param failedForItAlone its span failed and the call did not
   */
  void clientCall(
      Origin origin, String goPackage, SpanColumns spans, int row, boolean failedForItAlone);

  /**
   * A panic that spans report, the innermost copy, with origin, package, fingerprint, weight and
   * trace. Its process may know it from other sources too.
   */
  void panic(PanicReport report);

  /** A log record that names a trace. Its columns are read from the block, as those of a call. */
  void log(Origin origin, String goPackage, LogBlock logs, int row);

  /**
   * A span was called from another package.
   *
   * @param selfNanos its duration without those of its children
   */
  void edge(Subject caller, Subject callee, SpanColumns spans, int row, long selfNanos);

  /** A span lost its context, other than by a parent that never came. */
  void contextLost(Subject subject, ContextLoss.Kind kind, SpanColumns spans, int row);

  /** {@code count} items of what is described are orphans. */
  void orphaned(Orphan orphan, long count);

  /** {@code count} items that were orphans are none: their span came. */
  void orphanFound(Orphan orphan, long count);

  /**
   * Orphans to know for longer than blocks are kept, in place of what was known under their key:
   * whoever keeps the blocks keeps them too, and gives them to {@link TraceCorrelator#restore}
   * after a replay.
   */
  void orphanKept(Orphan orphan);

  /** Orphans need not be known any more. */
  void orphanForgotten(Orphan orphan);

  /** Everything that arrived up to {@code throughMillis} was handed over before this call. */
  void progress(long throughMillis);

  /** {@code count} items or relations did not count as they stood. */
  void dropped(CorrelateDrop reason, long count);
}
