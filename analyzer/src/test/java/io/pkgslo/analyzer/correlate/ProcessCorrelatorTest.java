// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.report;
import static io.pkgslo.analyzer.correlate.TestProcesses.spanPanics;
import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inits, names, logs and metrics of a process. */
class ProcessCorrelatorTest {
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin SHIPPER = Origin.newBuilder().setProcess("pod:1/shop").build();

  private final RecordingProcessSink sink = new RecordingProcessSink();
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), sink);

  private static String init(String importPath, String at, String clock) {
    return "init " + importPath + " @" + at + " ms, " + clock + " ms clock, 0 bytes, 0 allocs";
  }

  @Test
  void inits_ofOneRun_countOnceEach() {
    correlator.accept(
        new Block(0)
            .lines(
                SHOP,
                100,
                init("internal/bytealg", "0.005", "0"),
                init("runtime", "0.05", "0.1"),
                init("example.com/acme/pkg/yaml%2ev3", "1.6", "15"),
                init("example.com/acme/pkg/yaml%2ev3", "1.6", "15"),
                init("main", "17", "0.5"))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.inits)
        .containsExactly(
            "shop std 0",
            "shop std 100000",
            "shop example.com/acme/pkg/yaml.v3 15000000",
            "shop main@shop 500000");
    assertThat(sink.drops).containsEntry(CorrelateDrop.MERGED_INIT, 1L);
  }

  @Test
  void inits_ofTheNextRun_countAgain() {
    correlator.accept(
        new Block(0)
            .lines(SHOP, 100, init("runtime", "0.05", "0.1"), init("a.io/b", "1.6", "15"))
            .lines(SHOP, 200, init("runtime", "0.05", "0.1"), init("a.io/b", "1.6", "12"))
            // A child process, whose first lines were lost.
            .lines(SHOP, 300, init("a.io/b", "1.2", "11"))
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.inits)
        .containsExactly(
            "shop std 100000",
            "shop a.io/b 15000000",
            "shop std 100000",
            "shop a.io/b 12000000",
            "shop a.io/b 11000000");
  }

  @Test
  void initLineAndInitSpan_ofOnePackageAndRun_areOne() {
    correlator.accept(
        new Block(0)
            .init(SHOP, 1, 116.6, "a.io/b")
            .init(SHOP, 1, 116.6, "a.io/b")
            .init(SHOP, 2, 117, "a.io/span-only")
            .build());
    correlator.accept(
        new Block(9_000)
            .lines(SHIPPER, 117, init("runtime", "0.05", "0.1"), init("a.io/b", "1.6", "15"))
            .build());
    correlator.accept(tick(10_000));
    correlator.accept(tick(20_000));

    assertThat(sink.inits)
        .containsExactly("shop a.io/span-only 1234567", "shop std 100000", "shop a.io/b 15000000");
    assertThat(sink.drops)
        .containsEntry(CorrelateDrop.DUPLICATE_INIT, 1L)
        .containsEntry(CorrelateDrop.MERGED_INIT, 1L);
  }

  @Test
  void initSpan_ofALaterRunWithoutLines_countsAgain() {
    correlator.accept(
        new Block(0)
            .init(SHOP, 1, 100, "a.io/b")
            .init(SHOP, 2, 101, "a.io/c")
            .init(SHOP, 3, 60_000, "a.io/b")
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.inits).hasSize(3);
  }

  @Test
  void lines_withoutService_takeItFromTheirProcess_thatIsNamedLater() {
    correlator.accept(new Block(0).lines(SHIPPER, 0, init("a.io/b", "1.6", "15")).build());
    correlator.accept(new Block(9_000).alias(SHOP).build());
    correlator.accept(tick(10_000));

    assertThat(sink.inits).containsExactly("shop a.io/b 15000000");
  }

  @Test
  void lines_ofAnotherNameOfTheProcess_meetTheReportsOfTheSdk() {
    Origin instance = origin("shop", "instance:x");
    Origin container = Origin.newBuilder().setProcess("container:y").build();
    correlator.accept(spanPanics(0, report(Source.SPAN, instance, 0, "boom").setPackage("a/b")));
    correlator.accept(
        new Block(0).lines(container, 2, "panic: boom", "goroutine 1 [running]:").build());
    correlator.accept(new Block(9_000).alias(instance, "container:y").build());
    correlator.accept(tick(20_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens");
  }

  @Test
  void whatNobodyNames_countsUnderItsContainer_elseUnknown() {
    correlator.accept(
        new Block(0)
            .log(SHIPPER, 1, "a.io/b", 9)
            .log(Origin.newBuilder().setProcess("host:h/1").build(), 2, "", 17)
            .log(SHOP, 3, "", 9)
            .log(SHOP, 3, "", 9)
            .build());
    // A resource of the process names its service in the same block.
    assertThat(sink.logs).containsExactly("shop (unattributed) 9");

    correlator.accept(tick(10_000));
    assertThat(sink.logs)
        .containsExactly("shop (unattributed) 9", "shop a.io/b 9", "unknown (unattributed) 17");
    assertThat(sink.drops).containsEntry(CorrelateDrop.DUPLICATE_LOG, 1L);

    correlator.accept(
        new Block(20_000)
            .log(Origin.newBuilder().setProcess("pod:2/cart").build(), 4, "a.io/b", 9)
            .build());
    correlator.accept(tick(30_000));
    assertThat(sink.logs).endsWith("cart a.io/b 9");
  }

  @Test
  void runtimePoints_passThrough_withTheirService() {
    correlator.accept(
        new Block(0).runtime(SHOP, "go.goroutine.count").runtime(SHIPPER, "go.x").build());
    correlator.accept(tick(10_000));

    assertThat(sink.runtime).containsExactly("shop go.goroutine.count", "shop go.x");
  }

  @Test
  void progress_isTheWatermarkLessTheSettleDelay_afterAllTopicsWereHeardOf() {
    correlator.accept(
        new Block(0).progress(List.of(TestSpans.progress("otlp_spans", 0, 1, 50_000))).build());
    assertThat(sink.progress).isEmpty();

    correlator.accept(tick(60_000));
    correlator.accept(tick(55_000));
    assertThat(sink.progress).containsExactly(50_000L);
  }

  @Test
  void processes_overTheLimit_areForgotten_andStillSettle() {
    ProcessCorrelator small =
        new ProcessCorrelator(
            new ProcessSettings(10_000, 600_000, 1_000, 1, 1_000, Map.of(), BlamePolicy.DEFAULT),
            sink);
    small.accept(spanPanics(0, report(Source.SPAN, SHOP, 0, "boom").setPackage("a/b")));
    small.accept(
        spanPanics(1, report(Source.SPAN, origin("cart", "p2"), 0, "boom").setPackage("a/b")));
    small.accept(tick(20_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens", "cart a/b opens");
    assertThat(sink.drops).containsEntry(CorrelateDrop.PROCESSES_EXCEEDED, 1L);
    assertThat(small.processes()).isEqualTo(1);
  }
}
