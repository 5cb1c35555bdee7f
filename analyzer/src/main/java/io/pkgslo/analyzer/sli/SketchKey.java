// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * One bucket of time of one histogram of durations.
 *
 * @param inits durations of inits, else of calls
 */
public record SketchKey(boolean inits, long startMillis) {}
