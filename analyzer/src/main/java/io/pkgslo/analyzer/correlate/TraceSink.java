// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.SpanBlock;

/**
 * What traces give, each item once. Service and version of an origin are never empty here; a
 * package is an import path, {@code std} or {@code (unattributed)}.
 */
public interface TraceSink {
  /**
   * A call. Its columns are read from the block, so that a span costs no object; the block must not
   * be kept.
   *
   * @param goPackage the span's own or a borrowed one
   */
  void call(Origin origin, String goPackage, SpanBlock spans, int row);

  /** The error of a call that was handed over, now or before, begins in it. */
  void ownError(Origin origin, String goPackage, SpanBlock spans, int row);

  /**
   * A panic that spans report, the innermost copy, with origin, package, fingerprint, weight and
   * trace. Its process may know it from other sources too.
   */
  void panic(PanicReport report);

  /**
   * A log record that names a trace. Its columns are read from the block, as those of a call.
   *
   * @param orphan the span that it names never came
   */
  void log(Origin origin, String goPackage, LogBlock logs, int row, boolean orphan);

  /** Everything that arrived up to {@code throughMillis} was handed over before this call. */
  void progress(long throughMillis);

  /** {@code count} items or relations did not count as they stood. */
  void dropped(CorrelateDrop reason, long count);
}
