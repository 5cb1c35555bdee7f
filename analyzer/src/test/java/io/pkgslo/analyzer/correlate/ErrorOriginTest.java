// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static io.pkgslo.analyzer.correlate.TestSpans.panic;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import org.junit.jupiter.api.Test;

/** Where an error begins, and whose package an exception only hints at. */
class ErrorOriginTest {
  private static final int FAILED = SpanTraits.FAILED;
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin CART = origin("cart", "pod:2/cart");

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  private static Span span(long id, long parent, Origin origin) {
    return new Span(1, id, parent, origin, "a/p" + id, SpanTraits.KIND_INTERNAL, 0);
  }

  /** A handler fails because the call of another service failed there, in its database. */
  @Test
  void error_beginsInTheDeepestFailedSpan_whateverTheProcess() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP), FAILED)
            .span(span(2, 1, SHOP), FAILED)
            .span(span(3, 2, CART), FAILED)
            .span(span(4, 3, CART))
            .build());
    assertThat(sink.calls).hasSize(4);
    assertThat(sink.ownErrors).isEmpty();
    correlator.accept(tick(10_000));

    assertThat(sink.calls).hasSize(4);
    assertThat(sink.ownErrors).containsExactly(3L);
  }

  @Test
  void error_withFailedGrandchildBelowAnUnfailedChild_isItsOwn() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP), FAILED)
            .span(span(2, 1, SHOP))
            .span(span(3, 2, SHOP), FAILED)
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.ownErrors).containsExactly(1L, 3L);
  }

  @Test
  void child_withinTheSettleDelay_explains_andLater_doesNot() {
    correlator.accept(new Block(0).span(span(1, 0, SHOP), FAILED).build());
    correlator.accept(new Block(0).span(span(3, 0, SHOP), FAILED).build());
    correlator.accept(new Block(9_000).span(span(2, 1, SHOP), FAILED).build());
    correlator.accept(tick(10_000));
    assertThat(sink.ownErrors).containsExactly(3L);

    correlator.accept(new Block(10_001).span(span(4, 3, SHOP), FAILED).build());
    correlator.accept(tick(30_000));
    assertThat(sink.ownErrors).containsExactly(3L, 2L, 4L);
  }

  @Test
  void duplicates_changeNothing() {
    Block both = new Block(0).span(span(1, 0, SHOP), FAILED).span(span(2, 1, SHOP), FAILED);
    correlator.accept(both.build());
    correlator.accept(both.build());
    correlator.accept(tick(10_000));
    correlator.accept(both.build());
    correlator.accept(tick(30_000));

    assertThat(sink.calls).hasSize(2);
    assertThat(sink.ownErrors).containsExactly(2L);
  }

  /** The query failed as well, but it is the code around it that panicked. */
  @Test
  void panic_isTheInnermostReportersOwn_despiteAFailedChild() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP), FAILED)
            .panic(panic(10, 0, ".string", "boom"))
            .span(span(2, 1, SHOP))
            .span(span(3, 2, SHOP), FAILED)
            .panic(panic(30, 0, ".string", "boom"))
            .span(span(4, 3, SHOP), FAILED)
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.ownErrors).containsExactly(3L, 4L);
  }

  @Test
  void spanThatNamesItselfAsParent_keepsItsError() {
    correlator.accept(new Block(0).span(span(1, 1, SHOP), FAILED).build());
    correlator.accept(tick(10_000));

    assertThat(sink.ownErrors).containsExactly(1L);
  }

  @Test
  void settledBeforeItsTime_countsWithItsOwnPackage() {
    TraceSettings tight = new TraceSettings(10_000, 60_000, 1_000, 60_000, 1, 1);
    TraceCorrelator small = new TraceCorrelator(tight, sink);
    small.accept(
        new Block(0).span(span(1, 0, SHOP), FAILED).span(span(2, 1, SHOP), FAILED).build());

    assertThat(sink.calls).containsExactly("shop a/p1 1", "shop a/p2 2");
    assertThat(sink.ownErrors).containsExactly(1L, 2L);
  }

  /** An error type of a library says less than the span of the package that got it. */
  @Test
  void exceptionsPackage_isTakenOnlyWhereNoRelativeHasOne_andIsLentToNone() {
    AttributionSource hint = AttributionSource.EXCEPTION;
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP))
            .span(span(2, 1, SHOP), FAILED, hint)
            .span(new Span(2, 5, 0, SHOP, "lib/errs", SpanTraits.KIND_CLIENT, 0), FAILED, hint)
            .span(new Span(2, 6, 5, SHOP, "", SpanTraits.KIND_CLIENT, 0))
            .panic(panic(60, 0, ".string", "boom"))
            .build());
    correlator.accept(TestSpans.log(0, 1, 2, 5, SHOP, ""));
    correlator.accept(tick(10_000));

    assertThat(sink.calls)
        .containsExactly("shop a/p1 1", "shop a/p1 2", "shop lib/errs 5", "shop (unattributed) 6");
    assertThat(sink.logs).containsExactly("shop lib/errs");
    assertThat(sink.panics)
        .extracting(report -> report.getPackage())
        .containsExactly("(unattributed)");
  }
}
