// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/** The kinds of SLI that the analyzer counts, each as a sum of valid and one of bad events. */
public enum Sli {
  /** Valid: inits. Bad: inits slower than the threshold. */
  INIT_LATENCY,
  /** Valid: calls. Bad: panics. */
  PANIC_RATE,
  /** Valid: API calls. Bad: API calls with an error. */
  AVAILABILITY,
  /** Valid: calls, or API calls. Bad: the slow ones. */
  LATENCY,
  /** Valid: slices of a process with data. Bad: those that break the limit. */
  RUNTIME,
  /** Valid: log records that a selector takes. Bad: those that break its condition. */
  LOG,
  /**
   * Valid: increase of a counter, or count of a histogram. Bad: of the bad one, or above a bound.
   */
  METRIC;

  /** True when its items have attributes that a selector can ask for. */
  boolean isSelectable() {
    return this == AVAILABILITY || this == LATENCY || this == LOG || this == METRIC;
  }
}
