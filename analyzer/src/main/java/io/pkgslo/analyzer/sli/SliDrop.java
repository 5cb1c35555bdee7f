// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/** Why an observation counts nowhere, or not everywhere it could. */
public enum SliDrop {
  /** Older than the retention: counts nowhere. */
  BEYOND_RETENTION("late"),
  /** Its minute per arm is no longer corrected: counts in totals and windows only. */
  BEYOND_LATE_MINUTES("late_minute"),
  /** Its slice of time is no longer judged again: counts everywhere but in that slice. */
  BEYOND_LATE_SLICES("late_slice"),
  /** No place for its subject: counts in the overflow subject. */
  SUBJECT_LIMIT("subject_limit"),
  /** Names an origin or a package that its block does not have: counts nowhere. */
  BROKEN_REFERENCE("broken_reference"),
  /** More processes of a service than are kept: its runtime metrics count nowhere. */
  RUNTIME_PROCESS_LIMIT("runtime_process_limit"),
  /** No place for the objective: nothing counts for it. */
  OBJECTIVE_LIMIT("objective_limit"),
  /** No place for its labels: counts in the objective's series of other labels. */
  LABEL_LIMIT("label_limit"),
  /** No place for its series of a counter: counts nowhere. */
  COUNTER_LIMIT("counter_limit"),
  /** A point of a cumulative counter that is not younger than one that came: says nothing new. */
  OLD_POINT("old_point"),
  /** Of a kind that this version does not know: counts nowhere. */
  UNKNOWN_KIND("unknown_kind");

  private final String reason;

  SliDrop(String reason) {
    this.reason = reason;
  }

  /** Value of the label {@code reason}. */
  public String reason() {
    return reason;
  }
}
