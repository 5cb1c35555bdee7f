// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/** Why an item of a readable record is not counted. The names are label values. */
public enum DropReason {
  /** A span without a trace id or a span id. */
  NO_IDS("no_ids"),
  /** A span without an end, or a metric point without a time. */
  NO_TIME("no_time"),
  /** Its time is further ahead of the wall clock than the allowed skew. */
  FUTURE("future"),
  /** A metric that is not one of the Go runtime's, and that no objective counts. */
  NOT_GO_RUNTIME("not_go_runtime"),
  /** A point of a metric that an objective counts, of a series that its filter leaves out. */
  NOT_SELECTED("not_selected"),
  /** A metric that an objective counts, and that is neither a monotonic sum nor a histogram. */
  NOT_A_COUNTER("not_a_counter"),
  /** A histogram without the bound that an objective has as its threshold. */
  NO_SUCH_BOUND("no_such_bound"),
  /** A metric point that says of itself that it has no value, or has one that is no number. */
  NO_VALUE("no_value");

  private final String label;

  DropReason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
