// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The calls of one package that share all that a window asks for. Mutable, single-threaded. */
final class CallRow implements RowTable.Row {
  private static final int KIND_BITS = 3;
  private static final int STATUS_BITS = 2;
  private static final int API = 1 << (KIND_BITS + STATUS_BITS);

  private final RowKey key;
  private final LatencyBounds bounds;

  /** Weight of the calls above each bound. */
  private final long[] slowWeight;

  private final long[] durationCounts = new long[DurationBuckets.COUNT];

  /** Bucket of the log-linear histogram per span, unsorted; its first {@code count} entries. */
  private int[] sketch = new int[8];

  private int count;
  private long weight;
  private boolean weightUnknown;
  private long ownErrors;
  private long durationSumNanos;
  private long slowestNanos = -1;
  private long slowestTraceHigh;
  private long slowestTraceLow;

  CallRow(RowKey key, LatencyBounds bounds) {
    this.key = key;
    this.bounds = bounds;
    this.slowWeight = new long[bounds.size()];
  }

  /** Kind, status and "is an API call" of a span as one number. */
  static int outcomeOf(int traits) {
    int status =
        SpanTraits.has(traits, SpanTraits.FAILED)
            ? SpanTraits.STATUS_ERROR
            : SpanTraits.status(traits);
    int kindAndStatus = SpanTraits.kind(traits) | status << KIND_BITS;
    return SpanTraits.isApiCall(traits) ? kindAndStatus | API : kindAndStatus;
  }

  @Override
  public RowKey key() {
    return key;
  }

  void add(SpanColumns spans, int row) {
    long durationNanos = spans.durationNanos(row);
    if (count == sketch.length) {
      sketch = Arrays.copyOf(sketch, 2 * count);
    }
    sketch[count++] = LogLinear.indexOf(durationNanos);
    durationCounts[DurationBuckets.indexOf(durationNanos)]++;
    durationSumNanos = FixedPoint.atMost(durationSumNanos + durationNanos);
    weight += spans.weight(row);
    for (int bound = bounds.below(durationNanos) - 1; bound >= 0; bound--) {
      slowWeight[bound] += spans.weight(row);
    }
    weightUnknown |= SpanTraits.has(spans.traits(row), SpanTraits.WEIGHT_UNKNOWN);
    if (durationNanos > slowestNanos) {
      slowestNanos = durationNanos;
      slowestTraceHigh = spans.traceHigh(row);
      slowestTraceLow = spans.traceLow(row);
    }
  }

  void addOwnError() {
    ownErrors++;
  }

  CallCount toWire(int originIndex, int packageIndex) {
    CallCount.Builder call =
        CallCount.newBuilder()
            .setOriginIndex(originIndex)
            .setPackageIndex(packageIndex)
            .setBucketEpochSeconds(key.bucketEpochSeconds())
            .setKind(key.detail() & ((1 << KIND_BITS) - 1))
            .setStatus(key.detail() >>> KIND_BITS & ((1 << STATUS_BITS) - 1))
            .setApi((key.detail() & API) != 0)
            .setCount(count)
            .setWeight(weight)
            .setWeightUnknown(weightUnknown)
            .setOwnErrors(ownErrors)
            .setDurationSumNanos(durationSumNanos);
    if (count > 0) {
      call.setExampleTraceId(traceId()).setExampleDurationNanos(slowestNanos);
    }
    int buckets = DurationBuckets.used(durationCounts);
    for (int i = 0; i < buckets; i++) {
      call.addDurationCount(durationCounts[i]);
    }
    addSketch(call);
    // Fewer are above a higher bound: behind the first zero there are only zeros.
    for (int bound = 0; bound < slowWeight.length && slowWeight[bound] != 0; bound++) {
      call.addSlowWeight(slowWeight[bound]);
    }
    return call.build();
  }

  private ByteString traceId() {
    ByteBuffer trace = ByteBuffer.allocate(2 * Long.BYTES);
    trace.putLong(slowestTraceHigh).putLong(slowestTraceLow).flip();
    return ByteString.copyFrom(trace);
  }

  private void addSketch(CallCount.Builder call) {
    Arrays.sort(sketch, 0, count);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && sketch[to] == sketch[from]) {
        to++;
      }
      call.addSketchIndex(sketch[from]).addSketchCount(to - from);
      from = to;
    }
  }
}
