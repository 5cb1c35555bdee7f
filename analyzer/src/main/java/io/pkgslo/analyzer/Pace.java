// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

/**
 * How often many subjects are told of: it costs by the subject, so whoever tells of many at once
 * waits for longer before the next time, and what changes meanwhile is told once instead of again
 * and again. Mutable, single-threaded.
 */
final class Pace {
  /** Whoever reads takes longer silence for a fault. */
  private static final long LONGEST_MILLIS = 5_000;

  private final int subjectsPerMilli;
  private long dueMillis = Long.MIN_VALUE;

  /**
   * @param subjectsPerMilli for so many subjects the next time is a millisecond later, up to 5 s
   */
  Pace(int subjectsPerMilli) {
    this.subjectsPerMilli = subjectsPerMilli;
  }

  boolean isDue(long nowMillis) {
    return nowMillis >= dueMillis;
  }

  void told(int subjects, long nowMillis) {
    dueMillis = nowMillis + Math.min(LONGEST_MILLIS, subjects / subjectsPerMilli);
  }
}
