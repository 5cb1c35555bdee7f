// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.LogCount;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items whose span never comes, or comes hours later, and other lost context. */
class OrphanTest {
  private static final int INTERNAL = SpanTraits.KIND_INTERNAL;
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final long MINUTE = 60_000;

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  private static Span span(long id, long parent, int kind) {
    return new Span(1, id, parent, SHOP, "a/b", kind, 0);
  }

  private void heardOfProcess(long millis) {
    correlator.accept(
        new Block(millis).span(new Span(millis, 99, 0, SHOP, "a/b", 2, millis)).build());
  }

  /** A job of 90 minutes, whose parts are long known when its own span ends. */
  @Test
  void parentThatEndsAfterNinetyMinutes_revises() {
    correlator.accept(new Block(0).span(span(2, 1, INTERNAL)).span(span(3, 1, INTERNAL)).build());
    correlator.accept(TestSpans.log(0, 1, 1, 1, SHOP, ""));
    correlator.accept(tick(10_000));
    heardOfProcess(5 * MINUTE);
    correlator.accept(tick(10 * MINUTE - 1));
    assertThat(sink.orphans).isEmpty();
    assertThat(sink.logs).containsExactly("shop (unattributed)");

    correlator.accept(tick(10 * MINUTE));
    assertThat(sink.orphans)
        .containsExactly("lost span shop a/b 1 2", "lost log 17 shop (unattributed) 1 1");

    correlator.accept(new Block(90 * MINUTE).span(span(1, 0, SpanTraits.KIND_SERVER)).build());
    correlator.accept(tick(90 * MINUTE));
    assertThat(sink.orphans)
        .hasSize(4)
        .contains("found span shop a/b 1 2", "found log 17 shop (unattributed) 1 1");
    assertThat(sink.kept).isEmpty();
  }

  @Test
  void parentWithinTheHorizon_leavesNoOrphan() {
    correlator.accept(new Block(0).span(span(2, 1, INTERNAL)).build());
    correlator.accept(tick(5 * MINUTE));
    assertThat(sink.kept).hasSize(1);
    correlator.accept(new Block(6 * MINUTE).span(span(1, 0, SpanTraits.KIND_SERVER)).build());
    correlator.accept(tick(200 * MINUTE));

    assertThat(sink.orphans).isEmpty();
    assertThat(sink.kept).isEmpty();
  }

  /** Spans that a process had not sent when it died are lost, their context is not. */
  @Test
  void processThatEnded_orRemoteParent_isNoLoss() {
    correlator.accept(
        new Block(0)
            .span(span(2, 1, INTERNAL))
            .span(span(3, 8, SpanTraits.KIND_SERVER))
            .span(span(4, 8, SpanTraits.KIND_CONSUMER))
            .span(span(5, 8, INTERNAL), SpanTraits.PARENT_REMOTE)
            .build());
    correlator.accept(tick(10_000));
    heardOfProcess(10_000);
    correlator.accept(tick(30 * MINUTE));

    assertThat(sink.orphans).isEmpty();
    assertThat(sink.kept).isEmpty();
  }

  @Test
  void orphan_thatNobodyComesFor_isForgottenInTheEnd() {
    correlator.accept(TestSpans.log(0, 1, 1, 1, SHOP, "own/x"));
    correlator.accept(tick(119 * MINUTE));
    assertThat(sink.orphans).containsExactly("lost log 17 shop own/x 1 1");
    assertThat(sink.kept).hasSize(1);
    correlator.accept(tick(120 * MINUTE));

    assertThat(sink.kept).isEmpty();
    assertThat(correlator.orphans()).isZero();
  }

  /** Datadog's ids name the low half of a trace. */
  @Test
  void log_thatKnowsTheLowHalfOfItsTrace_isFound() {
    correlator.accept(TestSpans.log(0, 1, 1, 1, SHOP, "").toBuilder().setTraceIdHigh(0, 0).build());
    correlator.accept(tick(10 * MINUTE));
    correlator.accept(new Block(11 * MINUTE).span(span(1, 0, INTERNAL)).build());

    assertThat(sink.orphans)
        .containsExactly(
            "lost log 17 shop (unattributed) 1 1", "found log 17 shop (unattributed) 1 1");
  }

  @Test
  void rootsInsideAService_areLost_andServersAreNot() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, INTERNAL))
            .span(span(2, 0, SpanTraits.KIND_CLIENT))
            .span(span(3, 0, SpanTraits.KIND_SERVER))
            .span(span(4, 0, SpanTraits.KIND_PRODUCER))
            .span(span(5, 0, INTERNAL), SpanTraits.INIT)
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.losses)
        .containsExactly("ROOT_INSIDE_SERVICE shop a/b 1", "ROOT_INSIDE_SERVICE shop a/b 2");
  }

  @Test
  void losses_areSummedWithAnExample() {
    TraceOutbox outbox = new TraceOutbox(0, 2, new RecentErrors(1, 1));
    TraceCorrelator counting = new TraceCorrelator(TraceSettings.defaults(), outbox);
    counting.accept(TestSpans.log(0, 1, 1, 1, SHOP, "a/b"));
    counting.accept(new Block(0).span(span(3, 0, INTERNAL)).span(span(4, 0, INTERNAL)).build());
    counting.accept(tick(10 * MINUTE));
    List<ContextLoss> losses = new ArrayList<>();
    List<LogCount> logs = new ArrayList<>();
    outbox.drain(
        (block, partition) -> {
          losses.addAll(block.getContextLossList());
          logs.addAll(block.getLogList());
        },
        (block, partition) -> {});

    assertThat(losses).hasSize(1);
    assertThat(losses.get(0).getKind()).isEqualTo(ContextLoss.Kind.ROOT_INSIDE_SERVICE);
    assertThat(losses.get(0).getCount()).isEqualTo(2);
    assertThat(losses.get(0).getExampleTraceId().size()).isEqualTo(16);
    assertThat(logs).extracting(LogCount::getCount).containsExactly(1L, 0L);
    assertThat(logs).extracting(LogCount::getOrphans).containsExactly(0L, 1L);
    assertThat(outbox.takeOrphans()).hasSize(1);
  }
}
