// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.LogCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However traces arrive, they count to the ledger; and a correlator is what its blocks make it. */
class TracePropertyTest {
  /** New ones in every run; a failure names its own, and -Dpkgslo.test.seed repeats a run. */
  private static final Random SEEDS =
      new Random(Long.getLong("pkgslo.test.seed", new Random().nextLong()));

  private static final int TARGETS = 4;

  private final Map<String, Long> totals = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({"1, false", "3, false", "3, true"})
  void totals_equalTheLedger_inAnyOrderAndGrouping(int partitions, boolean lagging) {
    for (int round = 0; round < 15; round++) {
      long seed = SEEDS.nextLong();
      System.out.println("trace property, seed " + seed);
      Random random = new Random(seed);
      RandomTraces traces = new RandomTraces(random, partitions, 60, 60_000);
      TraceOutbox outbox = new TraceOutbox(0, TARGETS, new RecentErrors(10, 10));
      TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), outbox);
      totals.clear();
      for (Object block : traces.blocks(lagging)) {
        accept(correlator, block);
        if (random.nextBoolean()) {
          outbox.drain(this::add, this::add);
        }
      }
      outbox.drain(this::add, this::add);
      assertThat(totals)
          .as("seed %d", seed)
          .isEqualTo(new TraceLedger(traces.items, traces.logs).totals());
      assertThat(correlator.waitingItems()).isZero();
      assertThat(correlator.openSpans()).isZero();
    }
  }

  private static long accept(TraceCorrelator correlator, Object block) {
    return block instanceof SpanBlock spans
        ? correlator.accept(spans)
        : correlator.accept((LogBlock) block);
  }

  private void add(ObservationBlock block, int partition) {
    for (CallCount call : block.getCallList()) {
      String service = block.getOrigin(call.getOriginIndex()).getService();
      String goPackage = block.getPackage(call.getPackageIndex());
      assertThat(Partitions.ofSubject(service, goPackage, TARGETS)).isEqualTo(partition);
      assertThat(call.getWeight()).isEqualTo(call.getCount() * FixedPoint.ONE);
      assertThat(call.getDurationSumNanos()).isEqualTo(call.getCount() * 1_000_000);
      assertThat(call.getDurationCountList())
          .isEqualTo(call.getCount() == 0 ? List.of() : List.of(call.getCount()));
      assertThat(call.getSketchCountList().stream().mapToLong(count -> count).sum())
          .isEqualTo(call.getCount());
      assertThat(call.getBucketEpochSeconds() % 10).isZero();
      if (call.getCount() > 0) {
        totals.merge("call " + service + " " + goPackage, call.getCount(), Long::sum);
      }
      if (call.getOwnErrors() > 0) {
        assertThat(call.getStatus()).isEqualTo(2);
        totals.merge("own error " + service + " " + goPackage, call.getOwnErrors(), Long::sum);
      }
    }
    for (LogCount log : block.getLogList()) {
      String service = block.getOrigin(log.getOriginIndex()).getService();
      String subject = service + " " + block.getPackage(log.getPackageIndex());
      if (log.getCount() > 0) {
        totals.merge("log " + subject, log.getCount(), Long::sum);
      }
      if (log.getOrphans() > 0) {
        totals.merge("orphan " + subject, log.getOrphans(), Long::sum);
      }
    }
    for (EdgeCount edge : block.getEdgeList()) {
      String callee =
          block.getOrigin(edge.getCalleeOriginIndex()).getService()
              + " "
              + block.getPackage(edge.getCalleePackageIndex());
      String caller =
          block.getOrigin(edge.getCallerOriginIndex()).getService()
              + " "
              + block.getPackage(edge.getCallerPackageIndex());
      totals.merge("edge " + caller + " " + callee, edge.getCalls(), Long::sum);
      if (edge.getErrors() > 0) {
        totals.merge("edge error " + caller + " " + callee, edge.getErrors(), Long::sum);
      }
      long selfMillis = edge.getSelfNanos() / 1_000_000;
      totals.merge("edge millis " + caller + " " + callee, selfMillis, Long::sum);
    }
  }

  private void add(PanicBlock block, int partition) {
    for (PanicReport panic : block.getPanicList()) {
      String process = panic.getOrigin().getProcess();
      assertThat(Partitions.ofProcess(process, TARGETS)).isEqualTo(partition);
      String subject = panic.getOrigin().getService() + " " + panic.getPackage();
      totals.merge("panic " + subject + " " + panic.getMessage(), 1L, Long::sum);
    }
  }

  @Test
  void replay_ofTheKeptBlocks_makesTheSameCorrelator() {
    TraceSettings settings = new TraceSettings(10_000, 30_000, 1_000_000, 20_000, 1_000_000, 1_000);
    for (int round = 0; round < 15; round++) {
      long seed = SEEDS.nextLong();
      System.out.println("trace replay, seed " + seed);
      Random random = new Random(seed);
      RandomTraces traces = new RandomTraces(random, 3, 150, 300_000);
      List<Object> blocks = traces.blocks(round % 2 == 1);
      int restart = random.nextInt(blocks.size());
      RecordingTraceSink sink = new RecordingTraceSink();
      TraceCorrelator original = new TraceCorrelator(settings, sink);
      Kept kept = new Kept();
      for (Object block : blocks.subList(0, restart)) {
        kept.add(block, accept(original, block), original.replayFromMillis());
      }
      RecordingTraceSink again = new RecordingTraceSink();
      TraceCorrelator restored = new TraceCorrelator(settings, again);
      kept.replay(restored);
      restored.restore(sink.kept.values());
      again.kept.clear();
      again.kept.putAll(sink.kept);
      sink.clear();
      again.clear();
      for (Object block : blocks.subList(restart, blocks.size())) {
        accept(original, block);
        accept(restored, block);
      }
      assertThat(again.everything())
          .as("seed %d, restart at %d of %d", seed, restart, blocks.size())
          .isEqualTo(sink.everything());
    }
  }

  /** What whoever runs a correlator keeps of its input. */
  private static final class Kept {
    private record Entry(Object block, long millis) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Watermark before = new Watermark(List.of("otlp_spans", "otlp_logs"));

    void add(Object block, long millis, long replayFromMillis) {
      entries.add(new Entry(block, millis));
      while (!entries.isEmpty() && entries.element().millis() < replayFromMillis) {
        if (entries.remove().block() instanceof SpanBlock spans) {
          before.accept(spans.getProgressList());
        }
      }
    }

    void replay(TraceCorrelator correlator) {
      correlator.accept(SpanBlock.newBuilder().addAllProgress(before.entries()).build());
      new ArrayList<>(entries).forEach(entry -> accept(correlator, entry.block()));
    }
  }
}
