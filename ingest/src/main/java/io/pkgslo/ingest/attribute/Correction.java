// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/** What was wrong with an item that counts nevertheless. The names are label values. */
public enum Correction {
  /** A span that ends before it starts: its duration counts as 0. */
  END_BEFORE_START("end_before_start"),
  /** A span without a start: its duration counts as 0. */
  NO_START("no_start"),
  /** A span whose resource names no service. */
  NO_SERVICE("no_service"),
  /**
   * A name of more than {@value BoundedName#MAX_CHARS} characters: a service or version counts as
   * {@code (overflow)}; a process or arm is cut, with a hash of the whole. Once per resource of a
   * record.
   */
  LONG_NAME("long_name"),
  /** A log record without any time: it counts at the append time of its record. */
  NO_LOG_TIME("no_log_time"),
  /** Sampling information that contradicts itself or cannot be read. */
  WEIGHT_UNKNOWN("weight_unknown"),
  /** A metric point that one objective counts and another cannot: no counter, or no such bound. */
  NOT_COUNTED_BY_ALL("not_counted_by_all");

  private final String label;

  Correction(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
