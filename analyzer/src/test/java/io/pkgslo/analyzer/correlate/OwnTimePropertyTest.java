// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Spans of a trace are settled together where they stand together. Their own times are what they
 * are one by one, whatever stands beside them: traces cut in two by a block's end, copies within a
 * block, traces that share the low half of their ids and the ids of their spans.
 */
class OwnTimePropertyTest {
  private static final Origin SHOP = TestSpans.origin("shop", "pod:1/shop");
  private static final int LONGEST_MILLIS = 60;

  private final long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final List<Timed> spans = new ArrayList<>();

  private record Timed(long high, Span span, long fromMillis, long toMillis) {
    boolean isParentOf(Timed other) {
      return high == other.high
          && span.trace() == other.span.trace()
          && span.id() == other.span.parent()
          && this != other;
    }
  }

  @Test
  void ownTimes_areThoseOfEachSpanByItself() {
    for (int trace = 1; trace <= 40; trace++) {
      // A few are large, and known by chains instead of a list.
      int size = trace % 10 == 0 ? 2 * SpanIndex.MAX_LISTED : 1 + random.nextInt(15);
      int traces = 1 + random.nextInt(2);
      for (long high = 0; high < traces; high++) {
        trace(high, trace, size);
      }
    }
    RecordingTraceSink sink = new RecordingTraceSink();
    TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);
    inBlocks().forEach(correlator::accept);
    correlator.accept(TestSpans.tick(10_000));

    assertThat(sink.ownTimes)
        .as("-Dpkgslo.test.seed=%d", seed)
        .containsExactlyInAnyOrderElementsOf(spans.stream().map(this::expected).toList());
  }

  private void trace(long high, long trace, int size) {
    for (int id = 1; id <= size; id++) {
      long from = random.nextInt(LONGEST_MILLIS);
      long to = from + random.nextInt(LONGEST_MILLIS);
      // Parents may come later, be the span itself, or not be there at all.
      long parent = random.nextInt(size + 2);
      Span span = new Span(trace, id, parent, SHOP, "a/b", SpanTraits.KIND_INTERNAL, to);
      spans.add(new Timed(high, span, from, to));
    }
  }

  private String expected(Timed parent) {
    boolean[] busy = new boolean[2 * LONGEST_MILLIS];
    for (Timed other : spans) {
      for (long ms = other.fromMillis(); parent.isParentOf(other) && ms < other.toMillis(); ms++) {
        busy[(int) ms] = true;
      }
    }
    int own = 0;
    for (long ms = parent.fromMillis(); ms < parent.toMillis(); ms++) {
      own += busy[(int) ms] ? 0 : 1;
    }
    return "1.0 a/b " + parent.span().id() + " " + (double) own;
  }

  /** Mostly trace by trace, some spans twice, and some later than the others of their trace. */
  private List<SpanBlock> inBlocks() {
    List<Timed> order = new ArrayList<>(spans);
    for (int i = 0; i < 40; i++) {
      Collections.swap(order, random.nextInt(order.size()), random.nextInt(order.size()));
      Timed again = order.get(random.nextInt(order.size()));
      order.add(Math.min(order.size(), order.indexOf(again) + 1 + random.nextInt(3)), again);
    }
    List<SpanBlock> blocks = new ArrayList<>();
    for (int from = 0; from < order.size(); ) {
      int to = Math.min(order.size(), from + 1 + random.nextInt(100));
      blocks.add(block(order.subList(from, to)));
      from = to;
    }
    return blocks;
  }

  private static SpanBlock block(List<Timed> rows) {
    TestSpans.Block block = new TestSpans.Block(0);
    rows.forEach(row -> block.span(row.span()));
    SpanBlock.Builder timed = block.build().toBuilder();
    for (int row = 0; row < rows.size(); row++) {
      Timed span = rows.get(row);
      timed
          .setTraceIdHigh(row, span.high())
          .setDurationNanos(row, (span.toMillis() - span.fromMillis()) * 1_000_000);
    }
    return timed.build();
  }
}
