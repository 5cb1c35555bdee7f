// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Locale;

/** Why an item, or a relation between items, did not count as it stood. */
public enum CorrelateDrop {
  /** A span that was seen within the horizon. */
  DUPLICATE_SPAN,
  /** A log record that was seen within the horizon. */
  DUPLICATE_LOG,
  /** A line of a process that was seen within the horizon. */
  DUPLICATE_LINE,
  /** A report of a panic from a log record that was seen within the horizon. */
  DUPLICATE_REPORT,
  /** An init span that was seen within the horizon. */
  DUPLICATE_INIT,
  /** Another report of a panic that was already counted without it. */
  LATE_REPORT,
  /** A line that belongs before lines which were already read as a crash or an init trace. */
  LATE_LINE,
  /** A report that is the copy of an inner span's, or was merged into a panic by another source. */
  MERGED_REPORT,
  /** A point of a runtime metric, or of one that objectives count, seen within the horizon. */
  DUPLICATE_POINT,
  /** An initialisation that another source reported for the same process run. */
  MERGED_INIT,
  /** A record of a Kubernetes audit event of which another record is the event. */
  MERGED_LOG,
  /** A span was forgotten before its horizon because too many were open. It was counted. */
  OPEN_SPANS_EXCEEDED,
  /** An item was settled before its deadline because too many waited. It was counted. */
  WAITING_EXCEEDED,
  /** A report of a panic was forgotten as a relative because too many were open. It was counted. */
  OPEN_REPORTS_EXCEEDED,
  /** A process was forgotten before its horizon because too many were known. */
  PROCESSES_EXCEEDED,
  /**
   * An item whose span has not come is not remembered because too many are: it never counts as an
   * orphan.
   */
  ORPHANS_EXCEEDED,
  /** A search among relatives ended at its bound. */
  SEARCH_EXCEEDED;

  private static final String BOUND = "_EXCEEDED";

  /** Whether a bound was reached, which somebody should hear of. */
  public boolean isBound() {
    return name().endsWith(BOUND);
  }

  /** Value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
