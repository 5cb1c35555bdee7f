// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/** Blocks of spans and logs, written by hand. */
final class TestSpans {
  static final long T0_MILLIS = 1_790_000_000_000L;
  static final long T0_NANOS = T0_MILLIS * 1_000_000L;

  private TestSpans() {}

  static Origin origin(String service, String process) {
    return Origin.newBuilder()
        .setService(service)
        .setVersion("1.0")
        .setArm("1.0")
        .setProcess(process)
        .build();
  }

  /** A span of 1 ms that ends {@code endMillis} after T0. */
  record Span(
      long trace, long id, long parent, Origin origin, String goPackage, int kind, long endMillis) {
    Span at(long newEndMillis) {
      return new Span(trace, id, parent, origin, goPackage, kind, newEndMillis);
    }
  }

  /** Builder of one block. */
  static final class Block {
    private final SpanBlock.Builder spans = SpanBlock.newBuilder().addPackage("");
    private final List<String> packages = new ArrayList<>(List.of(""));
    private final List<String> peers = new ArrayList<>(List.of(""));
    private final List<Integer> peerIndexes = new ArrayList<>();

    Block(long appendedMillis) {
      spans.setAppendedMillis(T0_MILLIS + appendedMillis);
    }

    Block span(Span span) {
      return span(span, 0);
    }

    Block span(Span span, int flags) {
      return span(span, flags, AttributionSource.SCOPE);
    }

    Block span(Span span, int flags, AttributionSource source) {
      int origin = spans.getOriginList().indexOf(span.origin());
      if (origin < 0) {
        origin = spans.getOriginCount();
        spans.addOrigin(span.origin());
      }
      int goPackage = packages.indexOf(span.goPackage());
      if (goPackage < 0) {
        goPackage = packages.size();
        packages.add(span.goPackage());
        spans.addPackage(span.goPackage());
      }
      spans
          .addTraceIdHigh(0xabcdL)
          .addTraceIdLow(span.trace())
          .addSpanId(span.id())
          .addParentSpanId(span.parent())
          .addOriginIndex(origin)
          .addPackageIndex(goPackage)
          .addTraits(SpanTraits.of(span.kind(), SpanTraits.STATUS_UNSET, flags, source))
          .addEndEpochNanos(T0_NANOS + span.endMillis() * 1_000_000L)
          .addDurationNanos(1_000_000L)
          .addWeight(FixedPoint.ONE);
      peerIndexes.add(0);
      return this;
    }

    /** Whom the span that was added last calls, or what it was called. */
    Block peer(String peer) {
      if (!peers.contains(peer)) {
        peers.add(peer);
      }
      peerIndexes.set(peerIndexes.size() - 1, peers.indexOf(peer));
      return this;
    }

    /** How many calls the span that was added last stands for. */
    Block weight(long calls) {
      spans.setWeight(spans.getWeightCount() - 1, calls * FixedPoint.ONE);
      return this;
    }

    /** A report of the span that was added last. */
    Block panic(PanicReport report) {
      spans.addPanic(report.toBuilder().setSpanIndex(spans.getSpanIdCount() - 1));
      return this;
    }

    Block progress(List<Progress> progress) {
      spans.addAllProgress(progress);
      return this;
    }

    /** As ingest writes it: without the columns of peers where nobody is named. */
    SpanBlock build() {
      if (peers.size() > 1) {
        spans.addAllPeer(peers).addAllPeerIndex(peerIndexes);
      }
      return spans.build();
    }
  }

  static PanicReport panic(long identity, long timeMillis, String type, String message) {
    return PanicReport.newBuilder()
        .setSource(PanicReport.Source.SPAN)
        .setIdentityLow(identity)
        .setTimeEpochNanos(T0_NANOS + timeMillis * 1_000_000L)
        .setType(type)
        .setMessage(message)
        .setNormalisedMessage(message)
        .build();
  }

  static LogBlock log(
      long appendedMillis, long identity, long trace, long span, Origin origin, String goPackage) {
    return LogBlock.newBuilder()
        .setAppendedMillis(T0_MILLIS + appendedMillis)
        .addOrigin(origin)
        .addPackage("")
        .addPackage(goPackage)
        .addIdentityLow(identity)
        .addIdentityHigh(7)
        .addTraceIdHigh(0xabcdL)
        .addTraceIdLow(trace)
        .addSpanId(span)
        .addOriginIndex(0)
        .addPackageIndex(goPackage.isEmpty() ? 0 : 1)
        .addSeverity(17)
        .addTimeEpochNanos(T0_NANOS)
        .build();
  }

  /** Both source topics with one partition, worked off up to {@code millis} after T0. */
  static List<Progress> progress(long millis) {
    return List.of(
        progress(Topics.OTLP_SPANS, 0, 1, millis), progress(Topics.OTLP_LOGS, 0, 1, millis));
  }

  static Progress progress(String topic, int partition, int partitions, long millis) {
    return Progress.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setPartitions(partitions)
        .setThroughMillis(T0_MILLIS + millis)
        .build();
  }

  /** A block that holds progress alone. */
  static SpanBlock tick(long millis) {
    return SpanBlock.newBuilder().addAllProgress(progress(millis)).build();
  }
}
