// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

/** A record that can be copied with other ids and times, so that no two copies are duplicates. */
public interface RecordTemplate {
  /** Spans, log records or metric points. */
  int items();

  /**
   * How much of what the analyzer shows in the end comes from this record: calls of spans, panics
   * of lines, collections of points. Whoever waits for the sum of it knows that all is done.
   */
  int marks();

  /** Latest time in the record, epoch nanoseconds. */
  long latestNanos();

  /**
   * A copy.
   *
   * @param idMask different for different copies
   * @param shiftNanos what is added to all times
   */
  byte[] copy(long idMask, long shiftNanos);
}
