// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.report;
import static io.pkgslo.analyzer.correlate.TestProcesses.spanPanics;
import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static io.pkgslo.analyzer.correlate.TestProcesses.trace;
import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.PanicReport.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One panic is one panic, and which of them open an episode. */
class ProcessPanicTest {
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin SHIPPER =
      Origin.newBuilder().setProcess("pod:1/shop").setRestart(2).build();
  private static final String[] CRASH = {
    "panic: boom [recovered]",
    "\tpanic: boom",
    "goroutine 18 [running]:",
    "panic({0x67f5e0, 0x74fee0})",
    "\t/usr/local/go/src/runtime/panic.go:884 +0x212",
    "example.com/acme/shop/internal/billing.Charge(0x0?)",
    "\t/src/m/internal/billing/b.go:7 +0x25",
    "main.main()",
    "\t/src/m/cmd/shop/main.go:13 +0x25"
  };

  private final RecordingProcessSink sink = new RecordingProcessSink();
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), sink);

  @Test
  void reportThatIsReadFromItsCopyFirst_isDueFromTheOriginalOn() {
    PanicReport log = report(Source.LOG, SHOP, 0, "boom").build();
    correlator.accept(new Block(46_000).panic(log).build());
    // The partition of the original lags.
    correlator.accept(new Block(0).panic(log).build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics).hasSize(1);
    correlator.accept(tick(60_000));
    assertThat(sink.panics).hasSize(1);
    assertThat(sink.drops).containsExactly(Map.entry(CorrelateDrop.DUPLICATE_REPORT, 1L));
  }

  @Test
  void onePanic_ofSpanLogAndStderr_countsOnce_forTheBlamedPackage() {
    correlator.accept(
        spanPanics(
            1_000,
            report(Source.SPAN, SHOP, 0, "boom")
                .setType("*errors.errorString")
                .setPackage("example.com/acme/shop/handler")
                .setTraceId(trace(1, 2))
                .setWeight(4 * FixedPoint.ONE)));
    correlator.accept(
        new Block(2_000)
            .panic(
                report(Source.LOG, SHOP, 1, "boom")
                    .setTraceId(trace(0, 2))
                    .setRecovered(true)
                    .build())
            .build());
    correlator.accept(new Block(9_000).lines(SHIPPER, 3, CRASH).build());
    correlator.accept(tick(11_000));

    assertThat(sink.panicLines())
        .containsExactly("shop example.com/acme/shop/internal/billing opens");
    PanicCount panic = sink.panics.get(0).count();
    assertThat(panic.getWeight()).isEqualTo(4 * FixedPoint.ONE);
    assertThat(panic.getType()).isEqualTo("*errors.errorString");
    assertThat(panic.getFunction()).isEqualTo("Charge");
    assertThat(panic.getRecovered()).isFalse();
    assertThat(panic.getStack()).contains("billing.Charge");
    assertThat(panic.getTraceId()).isEqualTo(trace(1, 2));
    assertThat(panic.getTimeEpochNanos()).isEqualTo(TestSpans.T0_NANOS);
    assertThat(sink.drops).containsEntry(CorrelateDrop.MERGED_REPORT, 2L);
  }

  @Test
  void twoReports_ofOneKind_areTwoPanics() {
    correlator.accept(
        spanPanics(
            0,
            report(Source.SPAN, SHOP, 0, "boom").setPackage("a/b"),
            report(Source.SPAN, SHOP, 1, "boom").setPackage("a/b")));
    correlator.accept(tick(10_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens", "shop a/b");
  }

  /** controller-runtime logs what it recovered, and then the error that it made of it. */
  @Test
  void reportsOfTwoHandlers_ofWhichTheSecondSaysSo_areOnePanic() {
    correlator.accept(
        new Block(1_000)
            .panic(report(Source.LOG, SHOP, 0, "boom").setPackage("a.io/cart").build())
            .panic(secondhand(1))
            .panic(secondhand(2))
            .lines(SHIPPER, 3, CRASH)
            .build());
    correlator.accept(tick(60_000));

    assertThat(sink.panics).hasSize(1);
    assertThat(sink.drops).containsEntry(CorrelateDrop.MERGED_REPORT, 3L);
  }

  @Test
  void panicsThatTwoHandlersLog_countAsOftenAsTheyHappen() {
    correlator.accept(
        new Block(1_000)
            .panic(report(Source.LOG, SHOP, 0, "boom").build())
            .panic(secondhand(1))
            .panic(report(Source.LOG, SHOP, 1_000, "boom").build())
            .panic(secondhand(1_001))
            .build());
    correlator.accept(tick(60_000));

    assertThat(sink.panics).hasSize(2);
  }

  /** Nobody else told of them, as where a span was left on the way up or logs are not shipped. */
  @Test
  void secondReports_withoutAFirst_areAPanicEach() {
    correlator.accept(new Block(1_000).panic(secondhand(1)).panic(secondhand(900)).build());
    correlator.accept(
        spanPanics(1_000, report(Source.SPAN, SHOP, 0, "boom").setTraceId(trace(1, 2))));
    correlator.accept(tick(60_000));

    assertThat(sink.panics).hasSize(2);
  }

  /**
   * A span on the way up throws every panic again, so that the only report of it looks a second.
   */
  @Test
  void secondReports_ofOtherGoroutines_areOtherPanics() {
    String stack = "goroutine %d [running]:\npanic({0x1, 0x2})\n";
    correlator.accept(
        new Block(1_000)
            .panic(report(Source.LOG, SHOP, 0, "boom").setStack(stack.formatted(7)).build())
            .panic(secondhand(1).toBuilder().setStack(stack.formatted(7)).build())
            .panic(secondhand(2).toBuilder().setStack(stack.formatted(8)).build())
            .build());
    correlator.accept(tick(60_000));

    assertThat(sink.panics).hasSize(2);
  }

  private static PanicReport secondhand(double millis) {
    return report(Source.LOG, SHOP, millis, "boom").setSecondhand(true).build();
  }

  @Test
  void configuredOwners_areBlamedForCrashesToo() {
    ProcessSettings defaults = ProcessSettings.defaults();
    ProcessSettings owned =
        new ProcessSettings(
            defaults.settleMillis(),
            defaults.duplicateHorizonMillis(),
            defaults.maxIdentities(),
            defaults.maxProcesses(),
            defaults.maxWaiting(),
            Map.of(),
            BlamePolicy.DEFAULT.withOwners(List.of("example.com/acme")));
    ProcessCorrelator withOwners = new ProcessCorrelator(owned, sink);
    withOwners.accept(
        new Block(0)
            .lines(
                SHIPPER,
                0,
                "panic: boom",
                "",
                "goroutine 1 [running]:",
                "github.com/lib/pq.Open(...)",
                "\t/root/go/pkg/mod/github.com/lib/pq@v1.2.3/conn.go:1",
                "example.com/acme/shop/internal/billing.Charge(0x1)",
                "\t/src/m/internal/billing/b.go:10 +0x19")
            .build());
    withOwners.accept(tick(60_000));

    assertThat(sink.panicLines())
        .singleElement()
        .asString()
        .contains("example.com/acme/shop/internal/billing");
  }

  @Test
  void reports_ofDifferentTraces_valuesOrMoments_areTwoPanics() {
    correlator.accept(
        spanPanics(
            0,
            report(Source.SPAN, SHOP, 0, "one").setTraceId(trace(1, 1)),
            report(Source.SPAN, SHOP, 0, "two"),
            report(Source.SPAN, SHOP, 0, "three")));
    correlator.accept(
        new Block(0)
            .panic(report(Source.LOG, SHOP, 0, "one").setTraceId(trace(1, 9)).build())
            .panic(report(Source.LOG, SHOP, 1, "other").build())
            .panic(report(Source.LOG, SHOP, 5_001, "three").build())
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics).hasSize(6);
  }

  @Test
  void reports_ofEqualType_areOnePanic() {
    correlator.accept(
        spanPanics(0, report(Source.SPAN, SHOP, 0, "a").setType("runtime.boundsError")));
    correlator.accept(
        new Block(0)
            .panic(report(Source.LOG, SHOP, 5_000, "b").setType("runtime.boundsError").build())
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics).hasSize(1);
  }

  @Test
  void recurringPanic_pairsInItsOrder_andByTraceFirst() {
    correlator.accept(
        spanPanics(
            0,
            report(Source.SPAN, SHOP, 0, "boom").setTraceId(trace(1, 1)).setPackage("a/1"),
            report(Source.SPAN, SHOP, 10, "boom").setTraceId(trace(1, 2)).setPackage("a/2"),
            report(Source.SPAN, SHOP, 20, "boom").setTraceId(trace(1, 3)).setPackage("a/3")));
    correlator.accept(
        new Block(0)
            // Of the second and of the first, and one whose trace nobody knows.
            .panic(
                report(Source.LOG, SHOP, 11, "boom")
                    .setTraceId(trace(1, 2))
                    .setPackage("blamed/2")
                    .setFunction("F")
                    .build())
            .panic(report(Source.LOG, SHOP, 21, "boom").setTraceId(trace(1, 1)).build())
            .panic(report(Source.LOG, SHOP, 22, "boom").build())
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panics)
        .extracting(RecordingProcessSink.Panic::goPackage)
        .containsExactly("a/1", "blamed/2", "a/3");
  }

  @Test
  void lateReport_ofAPanicThatCounted_changesNothing() {
    correlator.accept(spanPanics(0, report(Source.SPAN, SHOP, 0, "boom").setPackage("a/b")));
    correlator.accept(tick(10_000));
    correlator.accept(new Block(15_000).panic(report(Source.LOG, SHOP, 1, "boom").build()).build());
    correlator.accept(tick(30_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens");
    assertThat(sink.drops).containsEntry(CorrelateDrop.LATE_REPORT, 1L);
  }

  @Test
  void duplicateReport_ofALog_countsOnce() {
    for (int i = 0; i < 3; i++) {
      correlator.accept(new Block(i).panic(report(Source.LOG, SHOP, 0, "boom").build()).build());
    }
    correlator.accept(tick(20_000));

    assertThat(sink.panics).hasSize(1);
    assertThat(sink.drops).containsEntry(CorrelateDrop.DUPLICATE_REPORT, 2L);
  }

  @Test
  void episode_lasts60sFromItsFirstPanic_andIsNotExtended() {
    correlator.accept(
        spanPanics(
            0,
            report(Source.SPAN, SHOP, 0, "boom").setPackage("a/b"),
            report(Source.SPAN, SHOP, 59_999, "boom").setPackage("a/b"),
            report(Source.SPAN, SHOP, 60_000, "boom").setPackage("a/b"),
            report(Source.SPAN, SHOP, 60_001, "bang").setPackage("a/b")));
    correlator.accept(tick(10_000));

    assertThat(sink.panicLines())
        .containsExactly("shop a/b opens", "shop a/b", "shop a/b opens", "shop a/b opens");
    assertThat(sink.opened).hasSize(3);
  }

  @Test
  void earlierPanic_thatArrivesLater_opensTheEpisode() {
    correlator.accept(spanPanics(0, report(Source.SPAN, SHOP, 5_000, "boom").setPackage("b")));
    correlator.accept(spanPanics(9_000, report(Source.SPAN, SHOP, 1_000, "boom").setPackage("b")));
    correlator.accept(tick(10_000));
    correlator.accept(tick(19_000));

    assertThat(sink.panicLines()).containsExactly("shop b", "shop b opens");
  }

  @Test
  void restoredEpisode_coversPanics_andIsForgottenWithItsProcess() {
    correlator.restore(new Episode("pod:1/shop", 77, TestSpans.T0_NANOS));
    correlator.accept(
        spanPanics(
            0, report(Source.SPAN, SHOP, 30_000, "boom").setPackage("b").setFingerprint(77)));
    correlator.accept(tick(10_000));
    assertThat(sink.panicLines()).containsExactly("shop b");

    correlator.accept(tick(1_000_000));
    assertThat(sink.forgotten).hasSize(1);
  }

  @Test
  void initFailure_isMarked() {
    correlator.accept(
        new Block(0)
            .lines(
                SHOP,
                0,
                "panic: config DB_URL missing",
                "goroutine 1 [running]:",
                "example.com/acme/shop/pkg/config.mustLoad(...)",
                "\t/src/m/pkg/config/c.go:7",
                "example.com/acme/shop/pkg/config.init()",
                "\t/src/m/pkg/config/c.go:3 +0x25")
            .build());
    correlator.accept(tick(10_000));

    assertThat(sink.panicLines()).containsExactly("shop example.com/acme/shop/pkg/config opens");
    assertThat(sink.panics.get(0).count().getInitFailure()).isTrue();
    assertThat(sink.panics.get(0).count().getWeight()).isEqualTo(FixedPoint.ONE);
  }

  @Test
  void crash_isReadInTheOrderOfItsLines_howeverTheyArrive() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      RecordingProcessSink shuffled = new RecordingProcessSink();
      ProcessCorrelator fresh = new ProcessCorrelator(ProcessSettings.defaults(), shuffled);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < CRASH.length; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int i : order) {
        Block block = new Block(random.nextInt(10_000));
        fresh.accept(block.line(SHOP, 10 + i, CRASH[i]).build());
        fresh.accept(new Block(0).line(SHOP, 10 + i, CRASH[i]).build());
      }
      fresh.accept(tick(20_000));
      assertThat(shuffled.panicLines())
          .as("order %s", order)
          .containsExactly("shop example.com/acme/shop/internal/billing opens");
      assertThat(shuffled.drops).containsEntry(CorrelateDrop.DUPLICATE_LINE, 9L);
    }
  }

  /** A handler logs the words and another one the stack, with or without them: one panic. */
  @Test
  void words_andTheStackInARecordOfItsOwn_areOnePanic() {
    correlator.accept(
        new Block(1_000)
            .panic(report(Source.LOG, SHOP, 0, "boom").setSecondhand(true).build())
            .panic(report(Source.LOG, SHOP, 1, "").setPackage("a/b").setFunction("F").build())
            .panic(report(Source.LOG, SHOP, 2, "boom").setSecondhand(true).build())
            .build());
    correlator.accept(
        spanPanics(1_000, report(Source.SPAN, SHOP, 0, "boom").setPackage("a/handler")));
    correlator.accept(tick(11_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens");
  }

  /** Two statements of one value are two panics where nothing else speaks of them. */
  @Test
  void wordsAlone_countEach() {
    correlator.accept(
        new Block(1_000)
            .panic(
                report(Source.LOG, SHOP, 0, "boom").setPackage("a/b").setSecondhand(true).build())
            .panic(
                report(Source.LOG, SHOP, 2, "boom").setPackage("a/b").setSecondhand(true).build())
            .build());
    correlator.accept(tick(11_000));

    assertThat(sink.panicLines()).containsExactly("shop a/b opens", "shop a/b");
  }
}
