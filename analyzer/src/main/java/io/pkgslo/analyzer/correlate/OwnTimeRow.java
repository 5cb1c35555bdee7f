// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.OwnTime;

/**
 * Calls of one package by the time of their own, and as their callers saw them. Mutable,
 * single-threaded.
 */
final class OwnTimeRow implements RowTable.Row {
  private final RowKey key;
  private final long[] counts = new long[DurationBuckets.COUNT];
  private long clientCalls;
  private long clientErrors;

  OwnTimeRow(RowKey key) {
    this.key = key;
  }

  @Override
  public RowKey key() {
    return key;
  }

  void add(long ownNanos) {
    counts[DurationBuckets.indexOf(ownNanos)]++;
  }

  void addClient(boolean failedForItAlone) {
    clientCalls++;
    clientErrors += failedForItAlone ? 1 : 0;
  }

  OwnTime toWire(int originIndex, int packageIndex) {
    OwnTime.Builder own =
        OwnTime.newBuilder()
            .setOriginIndex(originIndex)
            .setPackageIndex(packageIndex)
            .setBucketEpochSeconds(key.bucketEpochSeconds())
            .setClientCalls(clientCalls)
            .setClientErrors(clientErrors);
    int buckets = DurationBuckets.used(counts);
    for (int i = 0; i < buckets; i++) {
      own.addDurationCount(counts[i]);
    }
    return own.build();
  }
}
