// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.model.wire.Origin;
import org.junit.jupiter.api.Test;

/** Lines that a container runtime split at 16 KiB, with their pieces in several messages. */
class SplitLineTest {
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final String RECORD =
      "{\"level\":\"error\",\"msg\":\"recovered panic: boom\",\"pad\":\""
          + "x".repeat(40_000)
          + "\",\"stack\":\"goroutine 7 [running]:\\nruntime/debug.Stack()\\n"
          + "\\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e\\npanic({0x1, 0x2})\\n"
          + "\\t/usr/local/go/src/runtime/panic.go:884 +0x212\\n"
          + "example.com/acme/shop/pkg/cart.Add(...)\\n\\t/src/pkg/cart/cart.go:7\\n\"}";

  private final RecordingProcessSink sink = new RecordingProcessSink();
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), sink);

  private static String part(int from, int to) {
    return RECORD.substring(from, Math.min(to, RECORD.length()));
  }

  private Block piece(long millis, String stream, String text, boolean goesOn) {
    return new Block(millis).piece(SHOP, stream, millis, text, goesOn);
  }

  /** The pieces come out of order, through partitions that lag differently. */
  @Test
  void recordInPieces_reportsItsPanic() {
    correlator.accept(piece(2, "stderr", part(32_000, 100_000), false).build());
    correlator.accept(piece(0, "stderr", part(0, 16_000), true).build());
    correlator.accept(piece(1, "stderr", part(16_000, 32_000), true).build());
    correlator.accept(tick(30_000));

    assertThat(sink.panicLines()).containsExactly("shop example.com/acme/shop/pkg/cart opens");
  }

  @Test
  void recordOnStdout_reportsItsPanic_andNothingElseOnStdoutDoes() {
    correlator.accept(
        new Block(0)
            .piece(SHOP, "stdout", 0, part(0, 16_000), true)
            .piece(SHOP, "stdout", 1, part(16_000, 100_000), false)
            .piece(SHOP, "stdout", 2, "panic: a text}", false)
            .build());
    correlator.accept(tick(30_000));

    assertThat(sink.panicLines()).containsExactly("shop example.com/acme/shop/pkg/cart opens");
  }

  @Test
  void frameInPieces_isOneFrame() {
    correlator.accept(
        new Block(0)
            .lines(SHOP, 0, "panic: boom", "", "goroutine 1 [running]:")
            .piece(SHOP, "stderr", 1, "example.com/acme/sh", true)
            .build());
    correlator.accept(
        new Block(1)
            .piece(SHOP, "stderr", 2, "op/cart.Add({0x1, 0x2})", false)
            .piece(SHOP, "stderr", 3, "\t/src/cart/cart.go:7 +0x1", false)
            .build());
    correlator.accept(tick(30_000));

    assertThat(sink.panicLines()).containsExactly("shop example.com/acme/shop/cart opens");
  }

  /** The process died, or the shipper lost the rest: what is there is read. */
  @Test
  void pieceWhoseRestNeverComes_isALineOfItsOwn() {
    correlator.accept(piece(0, "stderr", "panic: half", true).build());
    correlator.accept(
        new Block(8_000)
            .lines(SHOP, 8_000, "goroutine 1 [running]:", "a.io/b.F(...)", "\t/src/b/b.go:7")
            .build());
    correlator.accept(tick(30_000));

    assertThat(sink.panics).hasSize(1);
    assertThat(sink.panics.get(0).count().getMessage()).isEqualTo("half");
  }
}
