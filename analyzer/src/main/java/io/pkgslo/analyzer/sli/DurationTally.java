// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.DurationsRecord;
import io.pkgslo.analyzer.wire.ExemplarRecord;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.CallCount;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: how the events of one series spread over the bounds that its objective
 * asks for, since it asks for these. Other bounds make another tally: what was counted by the old
 * ones says nothing about the new.
 *
 * <p>Exact where the block counts at a bound, see {@link SlowCalls}.
 */
final class DurationTally {
  private final List<Long> bounds;

  /** Weight of the events that are strictly slower than each bound. */
  private final long[] slower;

  /** By the bucket that ends at each bound, and by the one above all. */
  private final @Nullable Exemplar[] exemplars;

  private long total;
  private long sumNanos;

  /**
   * @param bounds in nanoseconds, ascending, without repetition
   */
  DurationTally(List<Long> bounds) {
    this.bounds = List.copyOf(bounds);
    this.slower = new long[bounds.size()];
    this.exemplars = new Exemplar[bounds.size() + 1];
  }

  boolean hasBounds(List<Long> others) {
    return bounds.equals(others);
  }

  void add(CallCount call, long epochMillis, List<Long> blockThresholds) {
    if (call.getCount() == 0) {
      return;
    }
    // An estimate at one bound must not say less than the exact number at a higher one.
    long atLeast = 0;
    for (int i = slower.length - 1; i >= 0; i--) {
      atLeast = Math.max(atLeast, SlowCalls.weight(call, bounds.get(i), blockThresholds));
      slower[i] = FixedPoint.addToTotal(slower[i], atLeast);
    }
    total = FixedPoint.addToTotal(total, call.getWeight());
    sumNanos = FixedPoint.addToTotal(sumNanos, weightedNanos(call));
    if (!call.getExampleTraceId().isEmpty()) {
      exemplars[bucketOf(call.getExampleDurationNanos())] =
          new Exemplar(call.getExampleTraceId(), call.getExampleDurationNanos(), epochMillis);
    }
  }

  private static long weightedNanos(CallCount call) {
    return call.getWeight() == call.getCount() * FixedPoint.ONE
        ? call.getDurationSumNanos()
        : Math.round(
            FixedPoint.toDouble(call.getWeight()) * call.getDurationSumNanos() / call.getCount());
  }

  /** An event that no trace stands for. */
  void add(long durationNanos) {
    for (int i = 0; i < bucketOf(durationNanos); i++) {
      slower[i] = FixedPoint.addToTotal(slower[i], FixedPoint.ONE);
    }
    total = FixedPoint.addToTotal(total, FixedPoint.ONE);
    sumNanos = FixedPoint.addToTotal(sumNanos, durationNanos);
  }

  /** The first bucket whose bound is not exceeded. */
  private int bucketOf(long durationNanos) {
    int bucket = 0;
    while (bucket < bounds.size() && durationNanos > bounds.get(bucket)) {
      bucket++;
    }
    return bucket;
  }

  DurationSpread snapshot() {
    return new DurationSpread(
        bounds,
        Arrays.stream(slower).boxed().toList(),
        total,
        sumNanos,
        Arrays.stream(exemplars).filter(Objects::nonNull).toList());
  }

  DurationsRecord encode() {
    DurationsRecord.Builder record =
        DurationsRecord.newBuilder().addAllBoundNanos(bounds).setTotal(total).setSumNanos(sumNanos);
    for (long above : slower) {
      record.addSlower(above);
    }
    for (int bucket = 0; bucket < exemplars.length; bucket++) {
      Exemplar exemplar = exemplars[bucket];
      if (exemplar != null) {
        record.addExemplar(
            ExemplarRecord.newBuilder()
                .setBucket(bucket)
                .setTraceId(exemplar.traceId())
                .setDurationNanos(exemplar.durationNanos())
                .setEpochMillis(exemplar.epochMillis()));
      }
    }
    return record.build();
  }

  static DurationTally decode(DurationsRecord record) {
    DurationTally tally = new DurationTally(record.getBoundNanosList());
    for (int i = 0; i < tally.slower.length; i++) {
      tally.slower[i] = record.getSlower(i);
    }
    tally.total = record.getTotal();
    tally.sumNanos = record.getSumNanos();
    for (ExemplarRecord exemplar : record.getExemplarList()) {
      tally.exemplars[exemplar.getBucket()] =
          new Exemplar(
              exemplar.getTraceId(), exemplar.getDurationNanos(), exemplar.getEpochMillis());
    }
    return tally;
  }
}
