// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;

/** Mutable, single-threaded: the events of one slice of time, and what it has counted as. */
final class TimeSlice {
  final long startMillis;
  final long lengthMillis;
  long valid;
  long bad;
  boolean judged;

  /** What windows have of it, in units of 2^-20 slice. */
  Sums counted = Sums.NONE;

  /** The most bad that it ever was: totals never go back. */
  long worst;

  TimeSlice(long startMillis, long lengthMillis) {
    this.startMillis = startMillis;
    this.lengthMillis = lengthMillis;
  }

  long endMillis() {
    return startMillis + lengthMillis;
  }

  Sums events() {
    return new Sums(valid, bad);
  }
}
