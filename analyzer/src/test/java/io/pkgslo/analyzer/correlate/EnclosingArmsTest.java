// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.panic;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import org.junit.jupiter.api.Test;

/** A routed header stands on the span of the server; what runs below it is of the same arm. */
class EnclosingArmsTest {
  private static final int OPEN = SpanTraits.ARM_OPEN;
  private static final Origin PLAIN = TestSpans.origin("shop", "pod:1/shop");
  private static final Origin CANARY = PLAIN.toBuilder().setArm("1.0+@canary=true").build();
  private static final Origin OTHER = TestSpans.origin("cart", "pod:2/cart");

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  private static Span span(long id, long parent, Origin origin) {
    return new Span(1, id, parent, origin, "a/p" + id, SpanTraits.KIND_INTERNAL, id);
  }

  @Test
  void spansBelow_countInTheArmOfTheServer_whenTheyAreSettled() {
    correlator.accept(
        new Block(0)
            .span(span(3, 2, PLAIN), OPEN)
            .span(span(2, 1, PLAIN), OPEN)
            .span(span(4, 2, OTHER), OPEN)
            .build());
    correlator.accept(new Block(1_000).span(span(1, 0, CANARY)).build());
    assertThat(sink.calls).containsExactly("shop a/p1 1");

    correlator.accept(tick(11_000));

    assertThat(sink.calls)
        .containsExactlyInAnyOrder("shop a/p1 1", "shop a/p2 2", "shop a/p3 3", "cart a/p4 4");
    assertThat(sink.ownTimes)
        .containsExactlyInAnyOrder(
            "1.0+@canary=true a/p1 1 1.0",
            "1.0+@canary=true a/p2 2 1.0",
            "1.0+@canary=true a/p3 3 1.0",
            "1.0 a/p4 4 1.0");
  }

  @Test
  void panicBelow_isOfTheArmToo() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, CANARY))
            .span(span(2, 1, PLAIN), OPEN | SpanTraits.FAILED)
            .panic(panic(20, 2, ".string", "boom"))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics)
        .singleElement()
        .satisfies(report -> assertThat(report.getOrigin().getArm()).isEqualTo(CANARY.getArm()));
  }
}
