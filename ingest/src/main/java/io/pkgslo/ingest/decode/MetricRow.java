// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Cells of a metric's row on the tape. */
final class MetricRow {
  static final int NAME = 0;
  static final int DESCRIPTION = 1;
  static final int UNIT = 2;
  static final int KIND = 3;
  static final int TEMPORALITY = 4;
  static final int MONOTONIC = 5;
  static final int POINTS = 6;
  static final int STRIDE = 7;

  private MetricRow() {}

  /** Cells of a point's row on the tape. */
  static final class Point {
    static final int START_TIME = 0;
    static final int TIME = 1;
    static final int FLAGS = 2;

    /** Which optional values are there: bits of {@link Has}. */
    static final int PRESENT = 3;

    static final int VALUE = 4;
    static final int COUNT = 5;
    static final int SUM = 6;
    static final int MIN = 7;
    static final int MAX = 8;
    static final int ATTRIBUTES = 9;

    /** Bucket counts, those of the positive range for exponential histograms. */
    static final int COUNTS = 10;

    /** Bounds, or the counts of the negative range for exponential histograms. */
    static final int BOUNDS = 11;

    static final int SCALE = 12;
    static final int ZERO_COUNT = 13;
    static final int ZERO_THRESHOLD = 14;
    static final int POSITIVE_OFFSET = 15;
    static final int NEGATIVE_OFFSET = 16;
    static final int STRIDE = 17;

    private Point() {}
  }

  /** Bits of {@link Point#PRESENT}. */
  static final class Has {
    static final int DOUBLE = 1;
    static final int INT = 1 << 1;
    static final int SUM = 1 << 2;
    static final int MIN = 1 << 3;
    static final int MAX = 1 << 4;

    private Has() {}
  }
}
