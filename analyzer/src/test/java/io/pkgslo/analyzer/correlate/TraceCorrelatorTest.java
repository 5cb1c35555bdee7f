// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static io.pkgslo.analyzer.correlate.TestSpans.panic;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceCorrelatorTest {
  private static final int INTERNAL = SpanTraits.KIND_INTERNAL;
  private static final int SERVER = SpanTraits.KIND_SERVER;
  private static final int CLIENT = SpanTraits.KIND_CLIENT;
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin CART = origin("cart", "pod:2/cart");

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  private static Span span(long id, long parent, Origin origin, String goPackage, int kind) {
    return new Span(1, id, parent, origin, goPackage, kind, 0);
  }

  @Test
  void call_ofResolvedSpan_countsAtOnce() {
    correlator.accept(new Block(0).span(span(1, 0, SHOP, "a/b", SERVER)).build());

    assertThat(sink.calls).containsExactly("shop a/b 1");
  }

  @Test
  void call_ofDuplicate_countsOnce_inAnotherGrouping() {
    Span one = span(1, 0, SHOP, "a/b", SERVER);
    Span two = span(2, 1, SHOP, "a/c", INTERNAL);
    correlator.accept(new Block(0).span(one).span(two).build());
    correlator.accept(new Block(500_000).span(two).build());
    correlator.accept(new Block(1_000_000).span(two).span(one).build());

    assertThat(sink.calls).containsExactly("shop a/b 1", "shop a/c 2", "shop a/b 1");
    assertThat(sink.drops).containsEntry(CorrelateDrop.DUPLICATE_SPAN, 2L);
  }

  @Test
  void initSpan_isNoCall() {
    correlator.accept(
        new Block(0).span(span(1, 0, SHOP, "a/b", INTERNAL), SpanTraits.INIT).build());
    correlator.accept(tick(20_000));

    assertThat(sink.calls).isEmpty();
  }

  @Test
  void server_borrowsFromDescendantsFirst_andSettlesAtDeadline() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/up", INTERNAL))
            .span(span(2, 1, SHOP, "", SERVER))
            .build());
    correlator.accept(tick(9_999));
    assertThat(sink.calls).containsExactly("shop a/up 1");

    correlator.accept(new Block(9_999).span(span(3, 2, SHOP, "a/down", INTERNAL)).build());
    correlator.accept(tick(10_000));

    assertThat(sink.calls).containsExactly("shop a/up 1", "shop a/down 3", "shop a/down 2");
    assertThat(sink.progress).containsExactly(-1L, 0L);
  }

  @Test
  void client_borrowsFromAncestorsFirst_thenFromDescendants() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/up", INTERNAL))
            .span(span(2, 1, SHOP, "", CLIENT))
            .span(span(3, 2, SHOP, "a/down", INTERNAL))
            .span(new Span(2, 4, 0, SHOP, "", CLIENT, 0))
            .span(new Span(2, 5, 4, SHOP, "a/down", INTERNAL, 0))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.calls).contains("shop a/up 2", "shop a/down 4");
  }

  @Test
  void descendants_fewestHops_thenEarliestStart_thenSmallestId() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "", SERVER))
            .span(span(2, 1, SHOP, "", INTERNAL).at(1))
            .span(span(3, 2, SHOP, "a/two-hops", INTERNAL).at(1))
            .span(span(9, 1, SHOP, "a/later", INTERNAL).at(6))
            .span(span(8, 1, SHOP, "a/first-8", INTERNAL).at(5))
            .span(span(7, 1, SHOP, "a/first-7", INTERNAL).at(5))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.calls).contains("shop a/first-7 1", "shop a/two-hops 2");
  }

  @Test
  void borrowing_staysInTheProcess() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "", CLIENT))
            .span(span(2, 1, CART, "c/x", SERVER))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.calls).containsExactly("cart c/x 2", "shop (unattributed) 1");
  }

  @Test
  void circleOfParents_isUnattributed() {
    correlator.accept(
        new Block(0)
            .span(span(1, 2, SHOP, "", CLIENT))
            .span(span(2, 1, SHOP, "", SERVER))
            .span(span(3, 1, SHOP, "", SERVER))
            .span(span(4, 4, SHOP, "", SERVER))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.calls)
        .containsExactly(
            "shop (unattributed) 1",
            "shop (unattributed) 2",
            "shop (unattributed) 3",
            "shop (unattributed) 4");
  }

  @Test
  void watermark_waitsForTheLaggingPartition() {
    correlator.accept(new Block(0).span(span(1, 0, SHOP, "", SERVER)).build());
    correlator.accept(
        new Block(0)
            .progress(
                List.of(
                    TestSpans.progress("otlp_spans", 0, 2, 3_600_000),
                    TestSpans.progress("otlp_spans", 1, 2, 5_000),
                    TestSpans.progress("otlp_logs", 0, 0, 0)))
            .build());
    assertThat(sink.calls).isEmpty();

    correlator.accept(new Block(6_000).span(span(2, 1, SHOP, "a/b", INTERNAL)).build());
    correlator.accept(
        new Block(0).progress(List.of(TestSpans.progress("otlp_spans", 1, 2, 3_600_000))).build());

    assertThat(sink.calls).containsExactly("shop a/b 2", "shop a/b 1");
  }

  @Test
  void panic_onEnclosingSpans_isTheInnermost() {
    // handler (1) -> middleware without a report (2) -> billing (3); the caller's process is
    // another one and has its own report.
    correlator.accept(
        new Block(0)
            .span(span(3, 2, SHOP, "a/billing", INTERNAL))
            .panic(panic(30, 0, "*errors.errorString", "boom"))
            .span(span(2, 1, SHOP, "a/middle", INTERNAL))
            .build());
    correlator.accept(
        new Block(1_000)
            .span(span(1, 9, SHOP, "a/handler", SERVER))
            .panic(panic(10, 50, "*errors.errorString", "boom"))
            .span(span(9, 0, CART, "c/caller", CLIENT))
            .panic(panic(90, 50, "*errors.errorString", "boom"))
            .build());
    correlator.accept(tick(11_000));

    assertThat(sink.panics)
        .extracting(report -> report.getOrigin().getService() + " " + report.getPackage())
        .containsExactly("shop a/billing", "cart c/caller");
    assertThat(sink.drops).containsEntry(CorrelateDrop.MERGED_REPORT, 1L);
  }

  /** The log of a panic settles 10 s after it was appended, and must meet the span by then. */
  @Test
  void panicThatIsReadFromItsCopyFirst_isDueFromTheOriginalOn() {
    Span span = span(1, 0, SHOP, "a/cart", SERVER);
    PanicReport report = panic(10, 0, ".string", "boom");
    correlator.accept(new Block(46_000).span(span).panic(report).build());
    // The partition of the original lags.
    correlator.accept(new Block(0).span(span).panic(report).build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics).hasSize(1);
    assertThat(sink.panics.get(0).getAppendedMillis()).isEqualTo(TestSpans.T0_MILLIS);
    correlator.accept(tick(60_000));
    assertThat(sink.panics).hasSize(1);
  }

  @Test
  void panics_ofDifferentValueOrTooFarApart_areTwo() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/handler", SERVER))
            .panic(panic(10, 60, "*errors.errorString", "boom"))
            .panic(panic(11, 51, "*errors.errorString", "boom"))
            .span(span(2, 1, SHOP, "a/billing", INTERNAL))
            .panic(panic(20, 0, "*errors.errorString", "boom"))
            .panic(panic(21, 60, "*errors.errorString", "bang"))
            .build());
    correlator.accept(tick(11_000));

    assertThat(sink.panics).hasSize(4);
  }

  @Test
  void panic_withoutStack_takesTheBorrowedPackage() {
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/up", INTERNAL))
            .span(span(2, 1, SHOP, "", CLIENT))
            .panic(panic(20, 0, ".string", "boom"))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics).hasSize(1);
    assertThat(sink.panics.get(0).getPackage()).isEqualTo("a/up");
    assertThat(sink.panics.get(0).getAppendedMillis()).isEqualTo(TestSpans.T0_MILLIS);
    assertThat(sink.panics.get(0).getFingerprint()).isNotZero();
    assertThat(sink.panics.get(0).getTraceId().size()).isEqualTo(16);
  }

  @Test
  void log_takesItsSpansPackage_elseIsAnOrphan() {
    correlator.accept(TestSpans.log(0, 1, 1, 5, SHOP, ""));
    correlator.accept(TestSpans.log(0, 2, 1, 6, SHOP, ""));
    correlator.accept(TestSpans.log(0, 3, 1, 0, SHOP, "own/x"));
    correlator.accept(new Block(0).span(span(5, 0, SHOP, "a/b", INTERNAL)).build());
    correlator.accept(TestSpans.log(0, 4, 1, 5, SHOP, ""));
    correlator.accept(TestSpans.log(0, 4, 1, 5, SHOP, ""));
    correlator.accept(TestSpans.log(0, 5, 1, 5, origin("", "x"), ""));
    assertThat(sink.logs).containsExactly("shop own/x", "shop a/b", "shop a/b");

    correlator.accept(tick(10_000));
    assertThat(sink.logs)
        .containsExactly("shop own/x", "shop a/b", "shop a/b", "shop a/b", "shop (unattributed)");
    assertThat(sink.drops).containsEntry(CorrelateDrop.DUPLICATE_LOG, 1L);
  }

  /**
   * What no stack blames: the span that the record names decides, else the record's own package.
   */
  @Test
  void panicOfALog_takesItsSpansPackage_elseItsRecords() {
    PanicReport report =
        panic(20, 0, "", "boom").toBuilder()
            .setSource(PanicReport.Source.LOG)
            .setPackage("own/mw")
            .setOrigin(SHOP)
            .build();
    LogBlock ofSpan =
        TestSpans.log(0, 1, 1, 2, SHOP, "own/mw").toBuilder().addPanic(report).build();
    correlator.accept(ofSpan);
    correlator.accept(ofSpan);
    correlator.accept(
        TestSpans.log(0, 2, 1, 9, SHOP, "own/mw").toBuilder()
            .addPanic(report.toBuilder().setIdentityLow(21))
            .build());
    correlator.accept(
        new Block(0)
            .span(span(1, 0, SHOP, "a/up", INTERNAL))
            .span(span(2, 1, SHOP, "", CLIENT))
            .build());
    assertThat(sink.panics).isEmpty();
    correlator.accept(tick(10_000));

    assertThat(sink.panics)
        .extracting(PanicReport::getIdentityLow, PanicReport::getPackage)
        .containsExactly(tuple(20L, "a/up"), tuple(21L, "own/mw"));
    assertThat(sink.panics.get(0).getAppendedMillis()).isEqualTo(TestSpans.T0_MILLIS);
    assertThat(sink.panics.get(0).getOrigin()).isEqualTo(SHOP);
    assertThat(sink.drops).containsEntry(CorrelateDrop.DUPLICATE_LOG, 1L);
  }
}
