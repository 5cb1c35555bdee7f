// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import io.pkgslo.model.LogLinear;
import java.util.Arrays;

/**
 * Mutable, single-threaded: a sparse histogram over the buckets of {@link LogLinear}. Counts are
 * exact, so histograms add and subtract without loss; a quantile is within 0.79 % of a value that
 * really stands at its rank.
 */
public final class Sketch {
  private static final int INITIAL_CAPACITY = 4;

  private int[] indexes = new int[INITIAL_CAPACITY];
  private long[] counts = new long[INITIAL_CAPACITY];
  private int size;
  private long total;

  /** Adds {@code count} values of the bucket {@code index}; negative counts take values away. */
  public void add(int index, long count) {
    if (index < 0 || index >= LogLinear.BUCKETS) {
      throw new IllegalArgumentException("no bucket " + index);
    }
    int position = Arrays.binarySearch(indexes, 0, size, index);
    if (position < 0) {
      position = -position - 1;
      insert(position, index);
    }
    counts[position] += count;
    total += count;
    if (counts[position] == 0) {
      remove(position);
    }
  }

  public void addAll(Sketch other) {
    for (int i = 0; i < other.size; i++) {
      add(other.indexes[i], other.counts[i]);
    }
  }

  /** Takes away what {@link #addAll} added. */
  public void subtractAll(Sketch other) {
    for (int i = 0; i < other.size; i++) {
      add(other.indexes[i], -other.counts[i]);
    }
  }

  /** Number of values. */
  public long total() {
    return total;
  }

  /** Number of buckets in use. */
  public int size() {
    return size;
  }

  public int indexAt(int position) {
    return indexes[position];
  }

  public long countAt(int position) {
    return counts[position];
  }

  /**
   * The value at rank {@code ceil(quantile x total)}, in the unit of the values.
   *
   * @param quantile above 0, at most 1
   * @throws IllegalStateException without values: there is no quantile of nothing
   */
  public double quantile(double quantile) {
    if (total == 0) {
      throw new IllegalStateException("no values");
    }
    long rank = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    for (int i = 0; i < size; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return LogLinear.valueOf(indexes[i]);
      }
    }
    return LogLinear.valueOf(indexes[size - 1]);
  }

  private void insert(int position, int index) {
    if (size == indexes.length) {
      indexes = Arrays.copyOf(indexes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(indexes, position, indexes, position + 1, size - position);
    System.arraycopy(counts, position, counts, position + 1, size - position);
    indexes[position] = index;
    counts[position] = 0;
    size++;
  }

  private void remove(int position) {
    size--;
    System.arraycopy(indexes, position + 1, indexes, position, size - position);
    System.arraycopy(counts, position + 1, counts, position, size - position);
  }
}
