// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Sums over some windows, in one array: there are eight per objective and subject. Immutable. */
public final class SumsList extends AbstractList<Sums> implements RandomAccess {
  /** Valid and bad of the first, then of the next. */
  private final long[] amounts;

  /** Sums that stand in {@code amounts}, which is not copied. */
  SumsList(long[] amounts) {
    this.amounts = amounts;
  }

  @Override
  public Sums get(int index) {
    return new Sums(amounts[2 * index], amounts[2 * index + 1]);
  }

  @Override
  public int size() {
    return amounts.length / 2;
  }
}
