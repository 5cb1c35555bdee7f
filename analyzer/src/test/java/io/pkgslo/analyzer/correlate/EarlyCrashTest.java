// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.nanos;
import static io.pkgslo.analyzer.correlate.TestProcesses.report;
import static io.pkgslo.analyzer.correlate.TestProcesses.spanPanics;
import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes in initialisation are told before they settle, and only those that are certain. */
class EarlyCrashTest {
  private static final Origin SHIPPER = origin("shop", "pod:1/shop");
  private static final String[] CRASH = {
    "panic: no configuration",
    "",
    "goroutine 1 [running]:",
    "example.com/acme/shop/config.mustLoad(...)",
    "\t/src/config/load.go:17",
    "example.com/acme/shop/config.init.0()",
    "\t/src/config/config.go:9 +0x25",
  };

  private final RecordingProcessSink sink = new RecordingProcessSink();
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), sink);

  /** The progress of other topics, which lags by the settle delay of traces, does not matter. */
  private void logsAreReadUntil(long millis) {
    correlator.accept(
        new Block(millis)
            .progress(List.of(TestSpans.progress(Topics.OTLP_LOGS, 0, 1, millis)))
            .build());
  }

  @Test
  void crash_isToldOnceAtOnce_andCountsWhenItSettles() {
    correlator.accept(new Block(1_000).lines(SHIPPER, 900, CRASH).build());
    assertThat(sink.earlyCrashes).isEmpty();
    logsAreReadUntil(1_000);

    assertThat(sink.panics).isEmpty();
    assertThat(sink.earlyCrashes).hasSize(1);
    RecordingProcessSink.Panic early = sink.earlyCrashes.get(0);
    assertThat(early.origin()).isEqualTo(SHIPPER);
    assertThat(early.goPackage()).isEqualTo("example.com/acme/shop/config");
    assertThat(early.count().getInitFailure()).isTrue();
    assertThat(early.count().getRecovered()).isFalse();
    assertThat(early.count().getStack()).contains("config.mustLoad");

    correlator.accept(new Block(1_500).line(SHIPPER, 1_400, "exit status 2").build());
    correlator.accept(new Block(2_000).lines(SHIPPER, 1_900, "init unicode/.init").build());
    logsAreReadUntil(3_000);
    correlator.accept(tick(30_000));

    assertThat(sink.earlyCrashes).hasSize(1);
    assertThat(sink.panics).hasSize(1);
    assertSameCrash(sink.panics.get(0).count(), early.count());
  }

  private static void assertSameCrash(PanicCount settled, PanicCount early) {
    assertThat(settled.getInitFailure()).isTrue();
    assertThat(settled.getCrashProcess())
        .isEqualTo("pod:1/shop")
        .isEqualTo(early.getCrashProcess());
    assertThat(settled.getCrashEpochNanos())
        .isEqualTo(nanos(900))
        .isEqualTo(early.getCrashEpochNanos());
    assertThat(settled.getFingerprint()).isEqualTo(early.getFingerprint());
  }

  @Test
  void secondRun_isToldAsWell() {
    correlator.accept(new Block(1_000).lines(SHIPPER, 900, CRASH).build());
    logsAreReadUntil(1_000);
    correlator.accept(new Block(4_000).lines(SHIPPER, 3_900, CRASH).build());
    logsAreReadUntil(4_000);

    assertThat(sink.earlyCrashes)
        .extracting(crash -> crash.count().getCrashEpochNanos())
        .containsExactly(nanos(900), nanos(3_900));
  }

  /** What was appended before, and lies in a partition that lags, may change the picture. */
  @Test
  void crash_waitsForALaggingPartitionOfLogs() {
    correlator.accept(
        new Block(1_000)
            .lines(SHIPPER, 900, CRASH)
            .progress(
                List.of(
                    TestSpans.progress(Topics.OTLP_LOGS, 0, 2, 5_000),
                    TestSpans.progress(Topics.OTLP_LOGS, 1, 2, 999)))
            .build());
    assertThat(sink.earlyCrashes).isEmpty();
    correlator.accept(
        new Block(1_000)
            .progress(List.of(TestSpans.progress(Topics.OTLP_LOGS, 1, 2, 1_000)))
            .build());

    assertThat(sink.earlyCrashes).hasSize(1);
  }

  @Test
  void crash_isTold_whenTheEndOfItsDumpIsHere() {
    for (int known = 1; known < CRASH.length; known++) {
      correlator.accept(new Block(known).line(SHIPPER, 900 + known, CRASH[known - 1]).build());
      logsAreReadUntil(known);
      assertThat(sink.earlyCrashes).as("%d lines", known).isEmpty();
    }
    correlator.accept(new Block(100).line(SHIPPER, 950, CRASH[CRASH.length - 1]).build());
    // The frame and its file came in two blocks.
    logsAreReadUntil(100);

    assertThat(sink.earlyCrashes).hasSize(1);
  }

  /** A frame without its file shows that lines are still missing: perhaps whom the stack blames. */
  @Test
  void dumpWithAHole_waitsForTheRest() {
    correlator.accept(
        new Block(1_000)
            .lines(SHIPPER, 900, CRASH[0], CRASH[1], CRASH[2], CRASH[3])
            .lines(SHIPPER, 901, CRASH[5], CRASH[6])
            .build());
    logsAreReadUntil(1_000);
    assertThat(sink.earlyCrashes).isEmpty();
    correlator.accept(new Block(1_100).line(SHIPPER, 900.5, CRASH[4]).build());
    logsAreReadUntil(1_100);

    assertThat(sink.earlyCrashes).hasSize(1);
    assertThat(sink.earlyCrashes.get(0).count().getFunction()).isEqualTo("mustLoad");
  }

  /** An operator's dump, handlers that recovered, and a panic of a call. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIGQUIT: quit\nPC=0x46 m=0 sigcode=0\n\ngoroutine 1 [running]:\n"
            + "a.io/config.init.0()\n\t/src/config/config.go:9 +0x25",
        "panic: boom\ngoroutine 1 [running]:\nruntime/debug.Stack()\n"
            + "\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e\n"
            + "a.io/config.init.0.func1()\n\t/src/config/config.go:7 +0x31\n"
            + "panic({0x67f5e0, 0x74fee0})\n\t/usr/local/go/src/runtime/panic.go:884 +0x212\n"
            + "a.io/config.init.0()\n\t/src/config/config.go:9 +0x25",
        "2026/03/01 10:00:00 http: panic serving 10.0.0.1:1: net/http: abort Handler\n"
            + "goroutine 9 [running]:\npanic({0x1, 0x2})\n"
            + "\t/usr/local/go/src/runtime/panic.go:884 +0x212\n"
            + "a.io/config.init.0()\n\t/src/config/config.go:9 +0x25",
        "2026/03/01 10:00:00 http: panic serving 10.0.0.1:1: boom\n"
            + "goroutine 9 [running]:\npanic({0x1, 0x2})\n"
            + "\t/usr/local/go/src/runtime/panic.go:884 +0x212\n"
            + "a.io/config.init.0()\n\t/src/config/config.go:9 +0x25",
        "panic: boom\n\ngoroutine 1 [running]:\na.io/config.Load()\n"
            + "\t/src/config/config.go:9 +0x25\nmain.main()\n\t/src/main.go:3 +0x1",
        "goroutine 1 [running]:\na.io/config.init.0()\n\t/src/config/config.go:9 +0x25",
      })
  void whatIsNoCrashInInitialisation_isNeverTold(String text) {
    correlator.accept(new Block(1_000).lines(SHIPPER, 900, text.split("\n")).build());
    logsAreReadUntil(1_000);
    correlator.accept(tick(30_000));

    assertThat(sink.earlyCrashes).isEmpty();
    assertThat(sink.panics).noneMatch(panic -> panic.count().getInitFailure());
  }

  @Test
  void crashOfNobody_waitsUntilItsServiceIsKnown() {
    Origin unnamed = Origin.newBuilder().setProcess("pod:1/shop").build();
    correlator.accept(new Block(1_000).lines(unnamed, 900, CRASH).build());
    logsAreReadUntil(1_000);
    assertThat(sink.earlyCrashes).isEmpty();
    correlator.accept(new Block(1_100).alias(SHIPPER).line(unnamed, 950, "exit status 2").build());
    logsAreReadUntil(1_100);

    assertThat(sink.earlyCrashes).hasSize(1);
    assertThat(sink.earlyCrashes.get(0).origin().getService()).isEqualTo("shop");
  }

  /** The logger's report of it has counted: these lines are late, and count nowhere. */
  @Test
  void crashOfWhichAnotherReportHasCounted_isNotTold() {
    correlator.accept(
        new Block(1_000)
            .panic(report(Source.LOG, SHIPPER, 950, "no configuration").build())
            .build());
    correlator.accept(tick(20_000));
    assertThat(sink.panics).hasSize(1);
    correlator.accept(new Block(21_000).lines(SHIPPER, 900, CRASH).build());
    logsAreReadUntil(21_000);
    correlator.accept(tick(60_000));

    assertThat(sink.earlyCrashes).isEmpty();
    assertThat(sink.panics).hasSize(1);
  }

  /** The SDK reports the same panic from a resource of its own: the crash stays the same one. */
  @Test
  void crash_keepsProcessAndTime_whateverElseReportsIt() {
    Origin sdk = origin("shop", "instance:4711");
    correlator.accept(new Block(0).alias(sdk, "pod:1/shop").build());
    correlator.accept(new Block(1_000).lines(SHIPPER, 900, CRASH).build());
    logsAreReadUntil(1_000);
    correlator.accept(spanPanics(2_000, report(Source.SPAN, sdk, 890, "no configuration")));
    correlator.accept(tick(30_000));

    assertThat(sink.panics).hasSize(1);
    PanicCount settled = sink.panics.get(0).count();
    assertThat(settled.getTimeEpochNanos()).isEqualTo(nanos(890));
    assertThat(sink.panics.get(0).origin().getProcess()).isEqualTo("instance:4711");
    assertSameCrash(settled, sink.earlyCrashes.get(0).count());
  }

  /** Where another partition is the home of the process, its reports go there to settle. */
  @Test
  void crash_keepsProcessAndTime_onItsWayHome() {
    Origin sdk = origin("shop", "pod:1/shop");
    Origin container = Origin.newBuilder().setProcess("container:abc").build();
    RecordingProcessSink away = new RecordingProcessSink();
    ProcessCorrelator elsewhere =
        new ProcessCorrelator(ProcessSettings.defaults(), away, name -> name.startsWith("pod:"));
    elsewhere.accept(new Block(0).alias(sdk, "container:abc").build());
    elsewhere.accept(
        new Block(1_000)
            .lines(container, 900, CRASH)
            .progress(List.of(TestSpans.progress(Topics.OTLP_LOGS, 0, 1, 1_000)))
            .build());
    assertThat(away.earlyCrashes).hasSize(1);
    elsewhere.accept(tick(11_000));
    elsewhere.accept(tick(21_000));
    correlator.accept(new Block(0).alias(sdk, "container:abc").build());
    correlator.accept(PanicBlock.newBuilder().addAllPanic(away.forwarded).build());
    correlator.accept(tick(60_000));

    PanicCount early = away.earlyCrashes.get(0).count();
    PanicCount settled = sink.panics.get(0).count();
    assertThat(early.getCrashProcess()).isEqualTo("container:abc");
    assertThat(settled.getCrashProcess()).isEqualTo(early.getCrashProcess());
    assertThat(settled.getCrashEpochNanos()).isEqualTo(early.getCrashEpochNanos());
    assertThat(settled.getFingerprint()).isEqualTo(early.getFingerprint());
  }

  @Test
  void earlyCrash_countsNothing() {
    ProcessOutbox outbox = new ProcessOutbox(0, 1, new RecentErrors(9, 9));
    ProcessCorrelator writing = new ProcessCorrelator(ProcessSettings.defaults(), outbox);
    writing.accept(
        new Block(1_000)
            .lines(SHIPPER, 900, CRASH)
            .progress(List.of(TestSpans.progress(Topics.OTLP_LOGS, 0, 1, 1_000)))
            .build());
    List<PanicCount> early = new ArrayList<>();
    outbox.drain(
        (block, partition) -> {
          early.addAll(block.getEarlyCrashList());
          assertThat(block.getPanicList()).isEmpty();
          assertThat(block.getOrigin(0)).isEqualTo(SHIPPER);
          assertThat(block.getPackage(0)).isEqualTo("example.com/acme/shop/config");
        });

    assertThat(early).hasSize(1);
  }
}
