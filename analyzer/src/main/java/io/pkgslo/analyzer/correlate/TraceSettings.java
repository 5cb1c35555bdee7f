// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * Bounds of one {@link TraceCorrelator}; an instance has one correlator per partition that it owns.
 *
 * @param settleMillis how long an item waits for its relatives, in append time
 * @param duplicateHorizonMillis how long an identity is kept after it was last seen
 * @param maxIdentities identities of spans, and of log records, that are kept; of a span 15 to 40
 *     bytes, 80 if it is alone in its trace; of a log record 30 to 60
 * @param relativesHorizonMillis how long a span is kept as a relative of later ones: the longest
 *     span whose descendants must be found
 * @param maxSpans spans that are kept as relatives; about 100 bytes each
 * @param maxWaiting spans and log records that wait for relatives at a time
 */
public record TraceSettings(
    long settleMillis,
    long duplicateHorizonMillis,
    int maxIdentities,
    long relativesHorizonMillis,
    int maxSpans,
    int maxWaiting) {

  public TraceSettings {
    requirePositive("settleMillis", settleMillis);
    requirePositive("maxIdentities", maxIdentities);
    requirePositive("maxSpans", maxSpans);
    requirePositive("maxWaiting", maxWaiting);
    requireAtLeast("duplicateHorizonMillis", duplicateHorizonMillis, settleMillis);
    requireAtLeast("relativesHorizonMillis", relativesHorizonMillis, settleMillis);
  }

  /** 10 s to settle, 10 min of duplicates and relatives. */
  public static TraceSettings defaults() {
    return new TraceSettings(10_000, 600_000, 8_000_000, 600_000, 2_000_000, 2_000_000);
  }

  static void requirePositive(String name, long value) {
    requireAtLeast(name, value, 1);
  }

  static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " must be at most " + Integer.MAX_VALUE + ", was " + value);
    }
  }
}
