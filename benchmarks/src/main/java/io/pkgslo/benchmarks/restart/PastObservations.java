// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.restart;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Observations of 30 days, as the stages before the windows would have written them: one subject in
 * a hundred is active in every bucket of time that is still kept, the others in 1 to 100 of them.
 * The same for the same arguments.
 */
final class PastObservations {
  private static final int ACTIVE_EACH = 100;
  private static final int MOST_BUCKETS = 100;
  private static final int SERVICES = 50;
  private static final int SUBJECTS_PER_BLOCK = 100;
  private static final int CALLS = 20;
  private static final int FAILS_EACH = 10;
  private static final long DURATION_NANOS = 3_000_000;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final int partitions;
  private final int subjects;
  private final long nowMillis;
  private final int duration = DurationBuckets.indexOf(DURATION_NANOS);
  private final int sketch = LogLinear.indexOf(DURATION_NANOS);
  private long calls;

  /**
   * @param nowMillis up to when everything was observed; a bound of 10 s
   */
  PastObservations(int partitions, int subjects, long nowMillis) {
    this.partitions = partitions;
    this.subjects = subjects;
    this.nowMillis = nowMillis;
  }

  /** Calls in all blocks that were made. */
  long calls() {
    return calls;
  }

  /**
   * Makes all blocks. Every subject comes twice, with half of its buckets each time, so that half
   * of the changelog is outdated: as much as Kafka's cleaner leaves by default.
   *
   * @param out takes the partition and the block
   */
  void forEach(BiConsumer<Integer, byte[]> out) {
    for (int partition = 0; partition < partitions; partition++) {
      out.accept(partition, progress());
    }
    List<ObservationBlock.Builder> open = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      open.clear();
      for (int partition = 0; partition < partitions; partition++) {
        open.add(ObservationBlock.newBuilder());
      }
      for (int subject = 0; subject < subjects; subject++) {
        add(subject, half, open, out);
      }
      for (int partition = 0; partition < partitions; partition++) {
        out.accept(partition, open.get(partition).build().toByteArray());
      }
    }
  }

  private byte[] progress() {
    ObservationBlock.Builder block = ObservationBlock.newBuilder();
    for (String topic : List.of(Topics.SPANS, Topics.PROCESS)) {
      for (int partition = 0; partition < partitions; partition++) {
        block.addProgress(
            Progress.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setPartitions(partitions)
                .setThroughMillis(nowMillis));
      }
    }
    return block.build().toByteArray();
  }

  private void add(
      int subject, int half, List<ObservationBlock.Builder> open, BiConsumer<Integer, byte[]> out) {
    String service = "shop/service-" + subject % SERVICES;
    String goPackage = "github.com/acme/shop/internal/feature" + subject / 7 + "/pkg" + subject;
    int partition = Partitions.ofSubject(service, goPackage, partitions);
    ObservationBlock.Builder block = open.get(partition);
    int index = block.getPackageCount();
    block.addPackage(goPackage);
    block
        .addOriginBuilder()
        .setService(service)
        .setVersion("v1." + subject % 40)
        .setArm("v1")
        .setProcess("pod:" + subject % 200 + "/app");
    boolean isActive = subject % ACTIVE_EACH == 0;
    if (isActive) {
      addActive(block, index, half);
    } else {
      addSilent(block, index, half, new Random(subject));
    }
    if (isActive || block.getPackageCount() == SUBJECTS_PER_BLOCK) {
      out.accept(partition, block.build().toByteArray());
      open.set(partition, ObservationBlock.newBuilder());
    }
  }

  private void addActive(ObservationBlock.Builder block, int index, int half) {
    every(block, index, half, 10 * SECOND, 10 * SECOND, HOUR);
    every(block, index, half, MINUTE, HOUR, 6 * HOUR);
    every(block, index, half, 5 * MINUTE, 6 * HOUR, 3 * DAY);
    every(block, index, half, 15 * MINUTE, 3 * DAY, 30 * DAY);
  }

  private void every(
      ObservationBlock.Builder block, int index, int half, long step, long from, long to) {
    for (long ago = from; ago < to; ago += step) {
      long number = ago / step;
      if (number % 2 == half) {
        add(block, index, nowMillis - ago, number / 2 % FAILS_EACH == 0);
      }
    }
  }

  private void addSilent(ObservationBlock.Builder block, int index, int half, Random random) {
    boolean fails = random.nextInt(FAILS_EACH) == 0;
    for (int bucket = random.nextInt(MOST_BUCKETS); bucket >= 0; bucket--) {
      long ago = 3 * DAY + random.nextInt(27 * 96) * 15L * MINUTE;
      if (bucket % 2 == half) {
        add(block, index, nowMillis - ago, fails && bucket % FAILS_EACH == half);
      }
    }
  }

  private void add(ObservationBlock.Builder block, int index, long millis, boolean failed) {
    CallCount.Builder row =
        block
            .addCallBuilder()
            .setOriginIndex(index)
            .setPackageIndex(index)
            .setBucketEpochSeconds(Math.floorDiv(millis, 10 * SECOND) * 10)
            .setKind(SpanTraits.KIND_SERVER)
            .setStatus(failed ? SpanTraits.STATUS_ERROR : SpanTraits.STATUS_UNSET)
            .setApi(true)
            .setCount(CALLS)
            .setWeight(CALLS * FixedPoint.ONE)
            .setDurationSumNanos(CALLS * DURATION_NANOS)
            .addSketchIndex(sketch)
            .addSketchCount(CALLS);
    for (int bucket = 0; bucket <= duration; bucket++) {
      row.addDurationCount(bucket == duration ? CALLS : 0);
    }
    calls += CALLS;
  }
}
