// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/** Blocks as ingest writes them. */
final class FactBlocks {
  static final Origin ORIGIN =
      Origin.newBuilder()
          .setService("shop/checkout")
          .setVersion("1.4.0")
          .setArm("1.4.0")
          .setProcess("pod:1/app")
          .build();

  private FactBlocks() {}

  /** Server spans of one package, each of its own trace, that all belong to {@code partition}. */
  static SpanBlock spans(
      int partition, int partitions, long firstTrace, int count, String goPackage, long millis) {
    SpanBlock.Builder block =
        SpanBlock.newBuilder()
            .setAppendedMillis(millis)
            .addOrigin(ORIGIN)
            .addPackage("")
            .addPackage(goPackage);
    int written = 0;
    for (long trace = firstTrace; written < count; trace++) {
      if (Partitions.ofTrace(0, trace, partitions) == partition) {
        written++;
        block
            .addTraceIdHigh(0)
            .addTraceIdLow(trace)
            .addSpanId(trace * 10)
            .addParentSpanId(0)
            .addOriginIndex(0)
            .addPackageIndex(1)
            .addTraits(
                SpanTraits.of(
                    SpanTraits.KIND_SERVER,
                    written % 10 == 0 ? SpanTraits.STATUS_ERROR : SpanTraits.STATUS_UNSET,
                    written % 10 == 0 ? SpanTraits.FAILED : 0,
                    AttributionSource.SCOPE))
            .addEndEpochNanos(millis * 1_000_000)
            .addDurationNanos(1_500_000)
            .addWeight(FixedPoint.ONE);
      }
    }
    return block.build();
  }

  /** The same block with a panic on its first span. */
  static SpanBlock withPanic(SpanBlock spans, String blamed) {
    return spans.toBuilder()
        .addPanic(
            PanicReport.newBuilder()
                .setSource(PanicReport.Source.SPAN)
                .setIdentityHigh(spans.getTraceIdLow(0))
                .setIdentityLow(7)
                .setSpanIndex(0)
                .setOrigin(ORIGIN)
                .setTimeEpochNanos(spans.getEndEpochNanos(0))
                .setType("runtime.boundsError")
                .setMessage("index out of range [5] with length 3")
                .setNormalisedMessage("index out of range [] with length")
                .setPackage(blamed)
                .setFunction(blamed + ".Sum")
                .setFingerprint(4711)
                .setStack("goroutine 1 [running]:")
                .setWeight(FixedPoint.ONE))
        .build();
  }

  static ProcessBlock init(String goPackage, long durationNanos, long millis) {
    return ProcessBlock.newBuilder()
        .setAppendedMillis(millis)
        .addOrigin(ORIGIN)
        .addInit(
            ProcessInit.newBuilder()
                .setOriginIndex(0)
                .setIdentityHigh(1)
                .setIdentityLow(goPackage.hashCode())
                .setPackage(goPackage)
                .setDurationNanos(durationNanos)
                .setTimeEpochNanos(millis * 1_000_000))
        .build();
  }

  /** Source topics of one partition each, all worked off up to {@code millis}. */
  static List<Progress> through(long millis, String... sources) {
    List<Progress> progress = new ArrayList<>();
    for (String source : sources) {
      progress.add(
          Progress.newBuilder()
              .setTopic(source)
              .setPartition(0)
              .setPartitions(1)
              .setThroughMillis(millis)
              .build());
    }
    return progress;
  }

  /** Progress as it stands on each topic of facts. */
  static List<Progress> progressOn(String topic, long millis) {
    return switch (topic) {
      case Topics.SPANS -> through(millis, Topics.OTLP_SPANS);
      case Topics.LOGS -> through(millis, Topics.OTLP_LOGS);
      default -> through(millis, Topics.OTLP_SPANS, Topics.OTLP_LOGS, Topics.OTLP_METRICS);
    };
  }
}
