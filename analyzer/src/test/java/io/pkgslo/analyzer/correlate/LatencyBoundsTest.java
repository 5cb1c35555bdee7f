// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slow calls are counted where durations are exact, strictly above each threshold, by weight. */
class LatencyBoundsTest {
  private static final Origin SHOP =
      Origin.newBuilder().setService("shop").setVersion("1").setProcess("p").build();

  private final List<ObservationBlock> drained = new ArrayList<>();
  private LatencyBounds bounds = new LatencyBounds(List.of(100L, 250L, 1_000L));

  private static SpanColumns spans(long... durations) {
    SpanBlock.Builder block = SpanBlock.newBuilder();
    for (int i = 0; i < durations.length; i++) {
      block
          .addTraceIdHigh(1)
          .addTraceIdLow(i)
          .addSpanId(i + 1)
          .addTraits(1)
          .addEndEpochNanos(1_795_176_000_000_000_000L)
          .addDurationNanos(durations[i])
          .addWeight((i + 1) * FixedPoint.ONE / 2);
    }
    return SpanFacts.of(block.build()).spans();
  }

  private ObservationBlock drain(ObservationBatch batch, SpanColumns spans) {
    for (int row = 0; row < spans.rows(); row++) {
      batch.call(SHOP, "cart", spans, row);
    }
    batch.drain(null, (block, partition) -> drained.add(block));
    return drained.get(drained.size() - 1);
  }

  @Test
  void slowCalls_areThoseStrictlyAboveAThreshold() {
    ObservationBatch batch = new ObservationBatch(1, () -> bounds);
    // Weights 0.5, 1, 1.5, 2, 2.5: above 100 are the last four, above 250 the last two.
    ObservationBlock block = drain(batch, spans(100, 101, 250, 251, 1_000));
    assertThat(block.getLatencyThresholdNanosList()).containsExactly(100L, 250L, 1_000L);
    assertThat(block.getCall(0).getSlowWeightList())
        .containsExactly(7 * FixedPoint.ONE, 9 * FixedPoint.ONE / 2);
  }

  @Test
  void otherThresholds_countFromTheNextBlockOn() {
    ObservationBatch batch = new ObservationBatch(1, () -> bounds);
    bounds = new LatencyBounds(List.of(150L));
    assertThat(drain(batch, spans(200)).getLatencyThresholdNanosList())
        .containsExactly(100L, 250L, 1_000L);
    ObservationBlock next = drain(batch, spans(200));
    assertThat(next.getLatencyThresholdNanosList()).containsExactly(150L);
    assertThat(next.getCall(0).getSlowWeightList()).containsExactly(FixedPoint.ONE / 2);
  }
}
