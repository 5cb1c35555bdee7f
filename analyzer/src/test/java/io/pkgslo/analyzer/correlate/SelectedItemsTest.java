// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.T0_MILLIS;
import static io.pkgslo.analyzer.correlate.TestSpans.T0_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What selectors took counts where and when its item does, and as often. */
class SelectedItemsTest {
  private static final Origin SHOP = TestSpans.origin("shop", "p1");
  private static final Selection GOLD = selection(1, false);
  private static final Selection BAD = selection(2, true);
  private static final long ONE = FixedPoint.ONE;

  private final List<String> counted = new ArrayList<>();

  private static Selection selection(long selector, boolean bad) {
    return Selection.newBuilder().setSelector(selector).setBad(bad).addLabel("gold").build();
  }

  private static SelectionSet set(Selection... selections) {
    return SelectionSet.newBuilder().addAllSelection(List.of(selections)).build();
  }

  private void take(ObservationBlock block, int partition) {
    for (SelectedCount count : block.getSelectedList()) {
      Origin origin = block.getOrigin(count.getOriginIndex());
      assertThat(origin.getProcess()).isEmpty();
      assertThat(count.getWeight()).isEqualTo(count.getCount() * ONE);
      counted.add(
          origin.getService()
              + " "
              + block.getPackage(count.getPackageIndex())
              + " "
              + block.getSelection(count.getSelectionIndex()).getSelector()
              + " x"
              + count.getCount());
    }
    for (SelectedPoint point : block.getSelectedPointList()) {
      counted.add(
          block.getOrigin(point.getOriginIndex()).getService()
              + " "
              + point.getPackage()
              + " "
              + point.getAmount(0).getValid());
    }
  }

  /** The second span has its parent's package, and so counts when it settles. */
  @Test
  void spans_countWithTheirPackage_andOnce() {
    TraceOutbox outbox = new TraceOutbox(0, 1, new RecentErrors(10, 10));
    TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), outbox);
    int server = SpanTraits.KIND_SERVER;
    SpanBlock block =
        new TestSpans.Block(0)
                .span(new TestSpans.Span(1, 1, 0, SHOP, "cart", server, 0))
                .span(new TestSpans.Span(1, 2, 1, SHOP, "", SpanTraits.KIND_INTERNAL, 0))
                .span(new TestSpans.Span(2, 3, 0, SHOP, "cart", server, 1))
                .span(new TestSpans.Span(3, 4, 0, SHOP, "cart", server, 1))
                .build()
                .toBuilder()
                .addAllSelectedRow(List.of(0, 1, 3))
                .addAllSelectedSet(List.of(0, 1, 0))
                .addSelectionSet(set(GOLD))
                .addSelectionSet(set(GOLD, BAD))
                .build();

    correlator.accept(block);
    correlator.accept(block);
    outbox.drain(this::take, (panics, partition) -> {});
    assertThat(counted).containsExactly("shop cart 1 x2");

    correlator.accept(TestSpans.tick(30_000));
    outbox.drain(this::take, (panics, partition) -> {});
    assertThat(counted).containsExactly("shop cart 1 x2", "shop cart 1 x1", "shop cart 2 x1");
  }

  @Test
  void logsOfTraces_countOnce() {
    TraceOutbox outbox = new TraceOutbox(0, 1, new RecentErrors(10, 10));
    TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), outbox);
    LogBlock block =
        TestSpans.log(0, 5, 1, 0, SHOP, "cart").toBuilder()
            .addSelectedRow(0)
            .addSelectedSet(0)
            .addSelectionSet(set(BAD))
            .build();

    correlator.accept(block);
    correlator.accept(block);
    outbox.drain(this::take, (panics, partition) -> {});

    assertThat(counted).containsExactly("shop cart 2 x1");
  }

  @Test
  void logsAndPointsOfProcesses_countOnce() {
    ProcessOutbox outbox = new ProcessOutbox(0, 1, new RecentErrors(10, 10));
    ProcessCorrelator correlator = new ProcessCorrelator(ProcessSettings.defaults(), outbox);
    SelectedPoint.Builder point =
        SelectedPoint.newBuilder()
            .setSeriesHigh(1)
            .setSeriesLow(2)
            .setTimeEpochNanos(T0_NANOS)
            .addAmount(SelectedPoint.Amount.newBuilder().setSelection(GOLD).setValid(7));
    ProcessBlock block =
        ProcessBlock.newBuilder()
            .setAppendedMillis(T0_MILLIS)
            .addOrigin(SHOP)
            .addLog(
                ProcessLog.newBuilder()
                    .setIdentityLow(1)
                    .setPackage("cart")
                    .setTimeEpochNanos(T0_NANOS)
                    .setSelected(set(GOLD)))
            .addSelectedPoint(point.setPackage("cart"))
            .addSelectedPoint(point.setTimeEpochNanos(T0_NANOS + 1).setPackage(""))
            .build();

    correlator.accept(block);
    correlator.accept(block);
    outbox.drain(this::take);

    assertThat(counted)
        .containsExactlyInAnyOrder("shop cart 1 x1", "shop cart 7.0", "shop (unattributed) 7.0");
    assertThat(outbox.takeDrops())
        .containsEntry(CorrelateDrop.DUPLICATE_POINT, 2L)
        .containsEntry(CorrelateDrop.DUPLICATE_LOG, 1L);
  }

  /**
   * Both stages are selected, and the event is the last of them: with its span, and nowhere else.
   */
  @Test
  void auditRecordsOfATrace_countOnce_inTheirSpansPackage() {
    ProcessOutbox outbox = new ProcessOutbox(0, 1, new RecentErrors(10, 10));
    ProcessCorrelator processes = new ProcessCorrelator(ProcessSettings.defaults(), outbox);
    ProcessBlock.Builder audits =
        new TestProcesses.Block(0)
                .request(SHOP, 77, 5, 6)
                .audit(SHOP, 1, 78, false, 9)
                .inTrace(5, 6)
                .audit(SHOP, 2, 77, true, 9)
                .audit(SHOP, 3, 77, false, 17)
                .audit(SHOP, 4, 79, false, 9)
                .build()
                .toBuilder();
    audits.getLogBuilder(1).setSelected(set(GOLD));
    audits.getLogBuilder(2).setSelected(set(GOLD, BAD));
    audits.getLogBuilder(3).setSelected(set(GOLD));
    processes.accept(audits.build());
    processes.accept(audits.build());
    processes.accept(TestProcesses.tick(10_000));
    outbox.drain(this::take);
    assertThat(counted).containsExactly("shop (unattributed) 1 x1");
    counted.clear();

    TraceOutbox traceOutbox = new TraceOutbox(0, 1, new RecentErrors(10, 10));
    TraceCorrelator traces = new TraceCorrelator(TraceSettings.defaults(), traceOutbox);
    TestSpans.Span span = new TestSpans.Span(5, 6, 0, SHOP, "cart", SpanTraits.KIND_SERVER, 0);
    traces.accept(new TestSpans.Block(0).span(span).build());
    List<LogBlock> joined = new ArrayList<>();
    outbox.drainJoined((block, partition) -> joined.add(block));
    assertThat(joined).singleElement().extracting(LogBlock::getSpanIdCount).isEqualTo(2);
    LogBlock.Builder logs = joined.get(0).toBuilder();
    logs.setTraceIdHigh(0, 0xabcdL).setTraceIdHigh(1, 0xabcdL);
    traces.accept(logs.build());
    traces.accept(TestSpans.tick(30_000));
    traceOutbox.drain(this::take, (panics, partition) -> {});
    assertThat(counted).containsExactlyInAnyOrder("shop cart 1 x1", "shop cart 2 x1");
  }
}
