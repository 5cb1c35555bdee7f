// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicReport.Source;
import org.junit.jupiter.api.Test;

/**
 * The SDK knows its pod and its container, the log shipper the container alone: their facts lie in
 * two partitions, and a panic that both report is one.
 */
class ProcessHomeTest {
  private static final Origin SDK = TestSpans.origin("shop", "pod:1/shop");
  private static final Origin SHIPPER =
      Origin.newBuilder().setProcess("container:abc").setArm("").build();

  private final RecordingProcessSink atPod = new RecordingProcessSink();
  private final RecordingProcessSink atContainer = new RecordingProcessSink();
  private final ProcessCorrelator pod =
      new ProcessCorrelator(ProcessSettings.defaults(), atPod, name -> !name.startsWith("pod:"));
  private final ProcessCorrelator container =
      new ProcessCorrelator(
          ProcessSettings.defaults(), atContainer, name -> name.startsWith("pod:"));

  private void namesAreKnown() {
    pod.accept(new Block(0).alias(SDK, "container:abc").build());
    container.accept(new Block(0).alias(SDK, "container:abc").build());
  }

  private void crash() {
    container.accept(
        new Block(1_000)
            .lines(
                SHIPPER,
                1_000,
                "panic: boom",
                "",
                "goroutine 1 [running]:",
                "a.io/cart.Add(...)",
                "\t/src/cart/cart.go:7")
            .build());
    container.accept(TestProcesses.tick(11_000));
    container.accept(TestProcesses.tick(21_000));
  }

  private void deliver() {
    assertThat(atContainer.panics).isEmpty();
    assertThat(atContainer.forwarded).hasSize(1);
    assertThat(atContainer.forwarded.get(0).getOrigin().getProcess()).isEqualTo("pod:1/shop");
    pod.accept(PanicBlock.newBuilder().addAllPanic(atContainer.forwarded).build());
    pod.accept(TestProcesses.tick(60_000));
  }

  @Test
  void panicUnderTwoNames_countsOnce_whenItsReportsMeet() {
    namesAreKnown();
    crash();
    pod.accept(
        TestProcesses.spanPanics(1_000, TestProcesses.report(Source.SPAN, SDK, 1_000, "boom")));
    deliver();

    assertThat(atPod.panics).hasSize(1);
    assertThat(atPod.drops).containsEntry(CorrelateDrop.MERGED_REPORT, 1L);
  }

  @Test
  void panicUnderTwoNames_countsOnce_whenTheSecondReportIsLate() {
    namesAreKnown();
    crash();
    pod.accept(
        TestProcesses.spanPanics(1_000, TestProcesses.report(Source.SPAN, SDK, 1_000, "boom")));
    pod.accept(TestProcesses.tick(15_000));
    assertThat(atPod.panics).hasSize(1);
    deliver();

    assertThat(atPod.panics).hasSize(1);
    assertThat(atPod.drops).containsEntry(CorrelateDrop.LATE_REPORT, 1L);
  }

  /** The crash took the SDK's spans with it. */
  @Test
  void crashThatOnlyTheShipperSaw_countsAtHome_forItsService() {
    namesAreKnown();
    crash();
    deliver();

    assertThat(atPod.panics).hasSize(1);
    assertThat(atPod.panics.toString()).contains("shop").contains("a.io/cart");
  }

  private static String init(String importPath, String at, String clock) {
    return "init " + importPath + " @" + at + " ms, " + clock + " ms clock, 0 bytes, 0 allocs";
  }

  private void deliverInits() {
    assertThat(atContainer.inits).isEmpty();
    pod.accept(PanicBlock.newBuilder().addAllInit(atContainer.forwardedInits).build());
    pod.accept(TestProcesses.tick(60_000));
  }

  /** The SDK's helper reports an init as a span, the shipper sends the runtime's line of it. */
  @Test
  void initUnderTwoNames_countsOnce() {
    namesAreKnown();
    container.accept(
        new Block(1_000)
            .lines(SHIPPER, 117, init("a.io/b", "1.6", "15"), init("a.io/line", "17", "2"))
            .build());
    container.accept(TestProcesses.tick(11_000));
    pod.accept(
        new Block(1_000).init(SDK, 1, 116.6, "a.io/b").init(SDK, 2, 116.9, "a.io/span").build());
    pod.accept(TestProcesses.tick(11_000));
    deliverInits();

    assertThat(atPod.inits)
        .containsExactlyInAnyOrder(
            "shop a.io/b 1234567", "shop a.io/span 1234567", "shop a.io/line 2000000");
    assertThat(atPod.drops).containsEntry(CorrelateDrop.MERGED_INIT, 1L);
  }

  /** The line under the better name, the span under the lesser one, which arrives first. */
  @Test
  void initSpanOfTheLesserName_isForwardedToo() {
    namesAreKnown();
    container.accept(new Block(1_000).init(SHIPPER, 1, 116.6, "a.io/b").build());
    container.accept(TestProcesses.tick(11_000));
    pod.accept(new Block(1_000).lines(SDK, 117, init("a.io/b", "1.6", "15")).build());
    deliverInits();

    assertThat(atPod.inits).containsExactly("shop a.io/b 15000000");
  }

  /** Two runs within a second, as of a child process: told apart where the lines are. */
  @Test
  void runsOfForwardedLines_stayApart() {
    namesAreKnown();
    container.accept(
        new Block(1_000)
            .lines(SHIPPER, 100, init("runtime", "0.05", "0.1"), init("a.io/b", "1.6", "15"))
            .lines(SHIPPER, 200, init("runtime", "0.05", "0.1"), init("a.io/b", "1.6", "12"))
            .build());
    container.accept(TestProcesses.tick(11_000));
    deliverInits();

    assertThat(atPod.inits)
        .containsExactly(
            "shop std 100000", "shop a.io/b 15000000", "shop std 100000", "shop a.io/b 12000000");
  }

  @Test
  void processWithoutAnotherName_staysWhereItIs() {
    crash();

    assertThat(atContainer.panics).hasSize(1);
    assertThat(atContainer.forwarded).isEmpty();
  }
}
