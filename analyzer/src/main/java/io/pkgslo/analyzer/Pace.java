// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

/**
 * How often many subjects are told of: it costs by the subject, so whoever tells of many at once
 * waits for longer before the next time, and what changes meanwhile is told once instead of again
 * and again. Mutable, single-threaded.
 */
final class Pace {
  private final double subjectsPerMilli;
  private final long longestMillis;
  private long dueMillis = Long.MIN_VALUE;

  /**
   * @param subjectsPerMilli for so many subjects the next time is a millisecond later
   * @param longestMillis but never later than this: whoever reads takes longer silence for a fault
   */
  Pace(double subjectsPerMilli, long longestMillis) {
    this.subjectsPerMilli = subjectsPerMilli;
    this.longestMillis = longestMillis;
  }

  boolean isDue(long nowMillis) {
    return nowMillis >= dueMillis;
  }

  void told(int subjects, long nowMillis) {
    dueMillis = nowMillis + Math.min(longestMillis, (long) (subjects / subjectsPerMilli));
  }
}
