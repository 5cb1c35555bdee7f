// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

/**
 * Widths of the buckets of event time, aligned to UTC. Every amount stands in one bucket of each
 * width, so that a window of a width needs no other one.
 */
public enum BucketWidth {
  /** For windows up to 1 h. */
  TEN_SECONDS(0, 10, 3_600, 30),
  /** For windows up to 6 h. */
  MINUTE(1, 60, 21_600, 60),
  /** For windows up to 3 d. */
  FIVE_MINUTES(2, 300, 259_200, 72),
  /** For windows up to 93 d: a calendar quarter, and an hour more when clocks are set back. */
  QUARTER_HOUR(3, 900, 8_035_200, 96);

  /** How many widths there are; their codes are 0 to one less. */
  public static final int COUNT = 4;

  private static final BucketWidth[] ALL = values();

  private final int code;
  private final int seconds;
  private final long longestWindowSeconds;
  private final int slotsPerChunk;

  BucketWidth(int code, int seconds, long longestWindowSeconds, int slotsPerChunk) {
    this.code = code;
    this.seconds = seconds;
    this.longestWindowSeconds = longestWindowSeconds;
    this.slotsPerChunk = slotsPerChunk;
  }

  /** Number of this width in the stored format. */
  public int code() {
    return code;
  }

  /** The width of a code. */
  public static BucketWidth ofCode(int code) {
    for (BucketWidth width : ALL) {
      if (width.code == code) {
        return width;
      }
    }
    throw new IllegalArgumentException("no bucket width has the code " + code);
  }

  public int seconds() {
    return seconds;
  }

  /** The longest window that buckets of this width serve. */
  public long longestWindowSeconds() {
    return longestWindowSeconds;
  }

  /** How many neighbouring buckets share one durable record; part of the stored format. */
  public int slotsPerChunk() {
    return slotsPerChunk;
  }

  /** The bucket that holds {@code epochMillis}: its number since the epoch. */
  public int slotOf(long epochMillis) {
    return Math.toIntExact(Math.floorDiv(epochMillis, seconds * 1_000L));
  }

  /** The narrowest width that serves a window. */
  static BucketWidth forWindow(long windowSeconds) {
    for (BucketWidth width : ALL) {
      if (windowSeconds <= width.longestWindowSeconds) {
        return width;
      }
    }
    throw new IllegalArgumentException(
        "window must be at most 93 d, was " + windowSeconds + " seconds");
  }
}
