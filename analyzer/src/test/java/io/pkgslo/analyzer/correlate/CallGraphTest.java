// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which package calls which, and what of the time is the callee's own. */
class CallGraphTest {
  private static final int INTERNAL = SpanTraits.KIND_INTERNAL;
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin CART = origin("cart", "pod:2/cart");

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  /** The caller gave up, or was cut off: the server knows nothing of it. */
  @Test
  void failureThatOnlyTheCallerSaw_isTheServersClientError() {
    Span client = span(1, 0, SHOP, "a/shop", SpanTraits.KIND_CLIENT);
    Span server = span(2, 1, CART, "a/cart", SpanTraits.KIND_SERVER);
    Span failing = span(3, 0, SHOP, "a/shop", SpanTraits.KIND_CLIENT);
    Span failed = span(4, 3, CART, "a/cart", SpanTraits.KIND_SERVER);
    Span good = span(5, 0, SHOP, "a/shop", SpanTraits.KIND_CLIENT);
    Span fine = span(6, 5, CART, "a/cart", SpanTraits.KIND_SERVER);
    correlator.accept(
        new Block(0)
            .span(client, SpanTraits.FAILED)
            .span(server)
            .span(failing, SpanTraits.FAILED)
            .span(failed, SpanTraits.FAILED)
            .span(good)
            .span(fine)
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.clientCalls)
        .containsExactly("cart a/cart 2 failed", "cart a/cart 4", "cart a/cart 6");
  }

  private static Span span(long id, long parent, Origin origin, String goPackage, int kind) {
    return new Span(1, id, parent, origin, goPackage, kind, 0);
  }

  /** handler -> store -> store -> (otelhttp client) -> (otelhttp server) -> cart's handler. */
  @Test
  void edges_leadToTheNearestOtherPackage_acrossProcesses() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/web", SpanTraits.KIND_SERVER))
            .span(span(2, 1, SHOP, "a/store", INTERNAL))
            .span(span(3, 2, SHOP, "a/store", INTERNAL))
            .span(span(4, 3, SHOP, "", SpanTraits.KIND_CLIENT))
            .span(span(5, 4, CART, "", SpanTraits.KIND_SERVER))
            .span(span(6, 5, CART, "a/web", INTERNAL), SpanTraits.FAILED)
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.edges)
        .containsExactly(
            "shop a/web -> shop a/store 0.0",
            "shop a/web -> shop a/store 0.0",
            "shop a/web -> shop a/store 0.0",
            "shop a/store -> cart a/web 0.0",
            "shop a/store -> cart a/web failed 1.0");
  }

  @Test
  void circleOfParents_hasNoCaller() {
    correlator.accept(
        new Block(0)
            .span(span(1, 2, SHOP, "a/b", INTERNAL))
            .span(span(2, 1, SHOP, "a/b", INTERNAL))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.edges).isEmpty();
    assertThat(sink.drops).containsEntry(CorrelateDrop.SEARCH_EXCEEDED, 2L);
  }

  /** Up to 64 calls within the package are followed, with whatever was asked before. */
  @Test
  void packageThatCallsItselfTooDeep_hasNoCaller() {
    Block spans = new Block(0).span(span(1, 0, SHOP, "a/web", SpanTraits.KIND_SERVER));
    for (long id = 2; id <= 101; id++) {
      spans.span(span(id, id - 1, SHOP, "a/store", INTERNAL));
    }
    correlator.accept(spans.build());
    correlator.accept(tick(10_000));

    assertThat(sink.edges).hasSize(64).containsOnly("shop a/web -> shop a/store 0.0");
    assertThat(sink.drops).containsEntry(CorrelateDrop.SEARCH_EXCEEDED, 36L);
  }

  @Test
  void selfTime_isWhatNoChildCovers() {
    // 100 ms; children 10..30, 20..40, 40..50, one that outlives it from 90, one before it.
    assertThat(selfMillis(100, List.of(at(10, 30), at(20, 40), at(40, 50), at(90, 130), at(-9, 0))))
        .isEqualTo(50);
    assertThat(selfMillis(100, List.of())).isEqualTo(100);
    assertThat(selfMillis(100, List.of(at(0, 100), at(5, 6)))).isZero();
    assertThat(selfMillis(0, List.of(at(0, 0)))).isZero();
  }

  @Test
  void selfTime_equalsCountingMillisecondByMillisecond() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<long[]> children = new ArrayList<>();
      boolean[] busy = new boolean[60];
      for (int i = random.nextInt(40); i > 0; i--) {
        int from = random.nextInt(80) - 10;
        int to = from + random.nextInt(12);
        children.add(at(from, to));
        for (int ms = Math.max(0, from); ms < Math.min(60, to); ms++) {
          busy[ms] = true;
        }
      }
      int expected = 0;
      for (boolean taken : busy) {
        expected += taken ? 0 : 1;
      }
      assertThat(selfMillis(60, children)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static long[] at(long fromMillis, long toMillis) {
    return new long[] {fromMillis, toMillis};
  }

  private static long selfMillis(long durationMillis, List<long[]> children) {
    SpanBlock.Builder block = new Block(0).build().toBuilder().addOrigin(SHOP);
    add(block, 1, 0, 0, durationMillis);
    for (int i = 0; i < children.size(); i++) {
      add(block, i + 2, 1, children.get(i)[0], children.get(i)[1]);
    }
    TraceRelatives relatives = new TraceRelatives(1_000);
    SpanColumns spans = SpanFacts.of(block.build()).spans();
    for (int row = 0; row < spans.rows(); row++) {
      relatives.index().see(spans, row, SHOP, "a/b", 10);
    }
    int slot = relatives.index().find(0, 7, 1, 0);
    return new CallGraph(relatives).selfNanos(slot, 0) / 1_000_000;
  }

  private static void add(SpanBlock.Builder block, long id, long parent, long from, long to) {
    block
        .addTraceIdHigh(0)
        .addTraceIdLow(7)
        .addSpanId(id)
        .addParentSpanId(parent)
        .addTraits(0)
        .addEndEpochNanos(TestSpans.T0_NANOS + to * 1_000_000)
        .addDurationNanos((to - from) * 1_000_000);
  }

  @Test
  void edges_areSummedInThePartitionOfTheCallee() {
    TraceOutbox outbox = new TraceOutbox(0, 4, new RecentErrors(1, 1));
    TraceCorrelator counting = new TraceCorrelator(TraceSettings.defaults(), outbox);
    Block spans = new Block(0);
    for (int call = 0; call < 5; call++) {
      spans
          .span(new Span(call + 1, 1, 0, SHOP, "a/web", SpanTraits.KIND_SERVER, 3))
          .span(
              new Span(call + 1, 2, 1, CART, "c/cart", SpanTraits.KIND_SERVER, 3),
              call > 2 ? SpanTraits.FAILED : 0);
    }
    counting.accept(spans.build());
    counting.accept(tick(10_000));
    List<EdgeCount> edges = new ArrayList<>();
    List<ObservationBlock> blocks = new ArrayList<>();
    outbox.drain(
        (block, partition) -> {
          edges.addAll(block.getEdgeList());
          if (block.getEdgeCount() > 0) {
            assertThat(partition)
                .isEqualTo(io.pkgslo.model.Partitions.ofSubject("cart", "c/cart", 4));
            blocks.add(block);
          }
        },
        (block, partition) -> {});

    assertThat(edges).hasSize(1);
    EdgeCount edge = edges.get(0);
    ObservationBlock block = blocks.get(0);
    assertThat(block.getPackage(edge.getCallerPackageIndex())).isEqualTo("a/web");
    assertThat(block.getOrigin(edge.getCallerOriginIndex()))
        .isEqualTo(Origin.newBuilder().setService("shop").setVersion("1.0").build());
    assertThat(block.getOrigin(edge.getCalleeOriginIndex()).getProcess()).isEmpty();
    assertThat(edge.getCalls()).isEqualTo(5);
    assertThat(edge.getErrors()).isEqualTo(2);
    assertThat(edge.getSelfNanos()).isEqualTo(5_000_000);
    assertThat(edge.getBucketEpochSeconds()).isEqualTo(TestSpans.T0_MILLIS / 10_000 * 10);
    assertThat(edge.getExampleTraceId().byteAt(15)).isEqualTo((byte) 4);
  }
}
