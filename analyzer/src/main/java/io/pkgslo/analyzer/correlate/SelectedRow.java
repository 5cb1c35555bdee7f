// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.Selection;

/**
 * The items of one package and bucket that are the same to a selector. Mutable, single-threaded.
 */
final class SelectedRow {
  /**
   * What they share; the origin has service and version alone.
   *
   * @param bucketEpochSeconds event time, a multiple of 10
   */
  record Key(Origin origin, String goPackage, long bucketEpochSeconds, Selection selection) {}

  private final Key key;
  private long count;
  private long weight;

  SelectedRow(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  void add(long itemWeight) {
    count++;
    weight += itemWeight;
  }

  SelectedCount toWire(int originIndex, int packageIndex, int selectionIndex) {
    return SelectedCount.newBuilder()
        .setOriginIndex(originIndex)
        .setPackageIndex(packageIndex)
        .setBucketEpochSeconds(key.bucketEpochSeconds())
        .setSelectionIndex(selectionIndex)
        .setCount(count)
        .setWeight(weight)
        .build();
  }
}
