// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.MetricRow.Has;
import io.pkgslo.ingest.decode.MetricRow.Point;
import org.jspecify.annotations.Nullable;

/**
 * One point of a metric. Which values it has follows from the metric's kind: gauges and sums have a
 * value; the others a count and sum; histograms buckets with bounds; exponential histograms a
 * scale, a zero bucket and two ranges of buckets. What a kind does not have reads as 0 or empty. A
 * flyweight, see the package.
 */
public final class MetricPointView {
  private static final int NO_RECORDED_VALUE = 1;

  private final RecordTape tape;
  private final MetricView metric;
  private final AttributesView attributes;
  private final SeriesIdentities identities;
  private final Hash128 series = new Hash128();
  private final Hash128 identity = new Hash128();
  private int row;
  private boolean seriesKnown;

  MetricPointView(
      RecordTape tape, MetricView metric, AttributeKeys keys, SeriesIdentities identities) {
    this.tape = tape;
    this.metric = metric;
    this.attributes = new AttributesView(tape, keys);
    this.identities = identities;
  }

  void moveTo(int newRow) {
    row = newRow;
    seriesKnown = false;
    attributes.moveTo(cell(Point.ATTRIBUTES));
  }

  private long cell(int index) {
    return tape.parts.get(row + index);
  }

  private boolean has(int bit) {
    return (cell(Point.PRESENT) & bit) != 0;
  }

  /** The metric that it is a point of. */
  public MetricView metric() {
    return metric;
  }

  /** Unsigned; 0 when absent. */
  public long startEpochNanos() {
    return cell(Point.START_TIME);
  }

  /** Unsigned; 0 when absent. */
  public long timeEpochNanos() {
    return cell(Point.TIME);
  }

  /** Whether the sender says that there is no value: the series ended. */
  public boolean hasNoRecordedValue() {
    return (cell(Point.FLAGS) & NO_RECORDED_VALUE) != 0;
  }

  /** Whether a gauge or sum has a value at all. */
  public boolean hasValue() {
    return has(Has.DOUBLE | Has.INT);
  }

  /** Whether the value is an integer. */
  public boolean isInteger() {
    return has(Has.INT);
  }

  /** The value of a gauge or sum; 0 when there is none. */
  public double value() {
    long bits = cell(Point.VALUE);
    return isInteger() ? bits : Double.longBitsToDouble(bits);
  }

  /** The value of a gauge or sum that {@link #isInteger()}; 0 otherwise. */
  public long longValue() {
    return isInteger() ? cell(Point.VALUE) : 0;
  }

  /** How many measurements, unsigned. */
  public long count() {
    return cell(Point.COUNT);
  }

  public boolean hasSum() {
    return has(Has.SUM);
  }

  /** Sum of the measurements; 0 when absent. */
  public double sum() {
    return Double.longBitsToDouble(cell(Point.SUM));
  }

  public boolean hasMin() {
    return has(Has.MIN);
  }

  /** 0 when absent. */
  public double min() {
    return Double.longBitsToDouble(cell(Point.MIN));
  }

  public boolean hasMax() {
    return has(Has.MAX);
  }

  /** 0 when absent. */
  public double max() {
    return Double.longBitsToDouble(cell(Point.MAX));
  }

  /** How many buckets a histogram has, or the positive range of an exponential one. */
  public int bucketCount() {
    return Packed.low(cell(Point.COUNTS));
  }

  /**
   * Measurements in a bucket, unsigned.
   *
   * @param index 0 to {@link #bucketCount()} - 1
   */
  public long bucketCountAt(int index) {
    return numberAt(Point.COUNTS, index);
  }

  /** How many bounds a histogram has: one less than buckets in a sound one. 0 for other kinds. */
  public int boundCount() {
    return metric.kind() == MetricKind.HISTOGRAM ? Packed.low(cell(Point.BOUNDS)) : 0;
  }

  /**
   * Upper bound of a bucket, inclusive.
   *
   * @param index 0 to {@link #boundCount()} - 1
   */
  public double boundAt(int index) {
    if (index >= boundCount()) {
      throw new IndexOutOfBoundsException(index + " of " + boundCount());
    }
    return Double.longBitsToDouble(numberAt(Point.BOUNDS, index));
  }

  /** Exponential histograms: the base of the bounds is 2^(2^-scale). */
  public int scale() {
    return (int) cell(Point.SCALE);
  }

  /** Exponential histograms: measurements in the zero bucket, unsigned. */
  public long zeroCount() {
    return cell(Point.ZERO_COUNT);
  }

  /** Exponential histograms: largest magnitude that counts as zero. */
  public double zeroThreshold() {
    return Double.longBitsToDouble(cell(Point.ZERO_THRESHOLD));
  }

  /** Exponential histograms: index of the first positive bucket. */
  public int positiveOffset() {
    return (int) cell(Point.POSITIVE_OFFSET);
  }

  /** Exponential histograms: index of the first negative bucket. */
  public int negativeOffset() {
    return (int) cell(Point.NEGATIVE_OFFSET);
  }

  /** Exponential histograms: how many buckets the negative range has. 0 for other kinds. */
  public int negativeBucketCount() {
    return metric.kind() == MetricKind.EXPONENTIAL_HISTOGRAM ? Packed.low(cell(Point.BOUNDS)) : 0;
  }

  /**
   * Exponential histograms: measurements in a negative bucket, unsigned.
   *
   * @param index 0 to {@link #negativeBucketCount()} - 1
   */
  public long negativeBucketCountAt(int index) {
    if (index >= negativeBucketCount()) {
      throw new IndexOutOfBoundsException(index + " of " + negativeBucketCount());
    }
    return numberAt(Point.BOUNDS, index);
  }

  private long numberAt(int cell, int index) {
    long range = cell(cell);
    if (index < 0 || index >= Packed.low(range)) {
      throw new IndexOutOfBoundsException(index + " of " + Packed.low(range));
    }
    return tape.numbers.get(Packed.high(range) + index);
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }

  /**
   * The series: a hash over resource, scope, the metric's name, unit, kind, temporality and
   * monotonicity, and the point's attributes. Do not keep the object.
   */
  public Hash128 series() {
    if (!seriesKnown) {
      identities.series(this, series);
      seriesKnown = true;
    }
    return series;
  }

  /**
   * The point's identity, by which a second delivery is known: series, start and time. Do not keep
   * the object.
   */
  public Hash128 identity() {
    identities.point(this, identity);
    return identity;
  }
}
