// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * What makes a slice of a process's runtime metric a bad one.
 *
 * @param above bad when the value is greater, in the signal's unit
 * @param consecutive so many slices in a row must break it; 1 or more
 */
record RuntimeLimit(RuntimeSignal signal, double above, int consecutive) {
  RuntimeLimit {
    if (consecutive < 1 || consecutive > 1_000) {
      throw new IllegalArgumentException("slices in a row must be 1 to 1000, were " + consecutive);
    }
    if (!Double.isFinite(above)) {
      throw new IllegalArgumentException("a runtime threshold must be a number");
    }
  }
}
