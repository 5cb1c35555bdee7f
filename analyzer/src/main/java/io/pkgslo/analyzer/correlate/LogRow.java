// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.LogCount;

/**
 * The log records of one package that share severity and bucket, or the orphans among them.
 * Mutable, single-threaded.
 */
final class LogRow implements RowTable.Row {
  private final RowKey key;
  private long count;
  private long orphans;
  private long revised;

  LogRow(RowKey key) {
    this.key = key;
  }

  @Override
  public RowKey key() {
    return key;
  }

  void add() {
    count++;
  }

  void addOrphans(long lost) {
    orphans += lost;
  }

  void reviseOrphans(long found) {
    revised += found;
  }

  LogCount toWire(int originIndex, int packageIndex) {
    return LogCount.newBuilder()
        .setOriginIndex(originIndex)
        .setPackageIndex(packageIndex)
        .setBucketEpochSeconds(key.bucketEpochSeconds())
        .setSeverity(key.detail())
        .setCount(count)
        .setOrphans(orphans)
        .setRevised(revised)
        .build();
  }
}
