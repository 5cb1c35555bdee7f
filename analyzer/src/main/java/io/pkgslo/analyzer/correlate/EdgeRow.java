// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.Origin;

/** The calls of one package by another one in one bucket. Mutable, single-threaded. */
final class EdgeRow {
  /**
   * What the calls of one edge share; origins have service and version alone.
   *
   * @param bucketEpochSeconds of the callee's end, a multiple of 10
   */
  record Key(
      Origin callerOrigin,
      String caller,
      Origin calleeOrigin,
      String callee,
      long bucketEpochSeconds) {
    boolean matches(
        Origin otherCallerOrigin,
        String otherCaller,
        Origin otherCalleeOrigin,
        String otherCallee,
        long otherBucket) {
      return bucketEpochSeconds == otherBucket
          && caller.equals(otherCaller)
          && callee.equals(otherCallee)
          && callerOrigin.equals(otherCallerOrigin)
          && calleeOrigin.equals(otherCalleeOrigin);
    }
  }

  private final Key key;
  private final ExampleTrace example = new ExampleTrace();
  private long calls;
  private long errors;
  private long selfNanos;

  EdgeRow(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  void add(SpanColumns spans, int row, long callSelfNanos) {
    boolean failed = SpanTraits.has(spans.traits(row), SpanTraits.FAILED);
    // The first failed call, else the first of all.
    if (calls == 0 || (failed && errors == 0)) {
      example.set(spans.traceHigh(row), spans.traceLow(row));
    }
    calls++;
    errors += failed ? 1 : 0;
    selfNanos += callSelfNanos;
  }

  /** The edge without its indexes. */
  EdgeCount.Builder toWire() {
    return EdgeCount.newBuilder()
        .setBucketEpochSeconds(key.bucketEpochSeconds())
        .setCalls(calls)
        .setErrors(errors)
        .setSelfNanos(selfNanos)
        .setExampleTraceId(example.bytes());
  }
}
