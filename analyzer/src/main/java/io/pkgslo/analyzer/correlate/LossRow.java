// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.ContextLoss;

/**
 * The spans of one package that lost their context in one way; the detail of the key is the way.
 * Mutable, single-threaded.
 */
final class LossRow implements RowTable.Row {
  private final RowKey key;
  private final ExampleTrace example = new ExampleTrace();
  private long count;
  private long revised;

  LossRow(RowKey key) {
    this.key = key;
  }

  @Override
  public RowKey key() {
    return key;
  }

  void add(long lost, long traceHigh, long traceLow) {
    if (count == 0) {
      example.set(traceHigh, traceLow);
    }
    count += lost;
  }

  void revise(long found) {
    revised += found;
  }

  ContextLoss toWire(int originIndex, int packageIndex) {
    return ContextLoss.newBuilder()
        .setOriginIndex(originIndex)
        .setPackageIndex(packageIndex)
        .setBucketEpochSeconds(key.bucketEpochSeconds())
        .setKindValue(key.detail())
        .setCount(count)
        .setRevised(revised)
        .setExampleTraceId(example.bytes())
        .build();
  }
}
