// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Go runtime metrics per service and version (reference: go-telemetry.md 5). */
class RuntimeTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long ONE = FixedPoint.ONE;

  private final MemoryMap map = new MemoryMap();
  private final List<SliDrop> dropped = new ArrayList<>();
  private final SliStage stage = stage(ObjectiveSet.EMPTY);

  private SliStage stage(ObjectiveSet objectives) {
    return new SliStage(
        new StageSettings(
            0, 10_000, 93L * 86_400_000, 60 * MINUTE, 10_000, new SubjectLimits(10, 10)),
        map,
        objectives,
        (reason, items, who) -> dropped.add(reason));
  }

  private static void accept(SliStage stage, Observations block) {
    stage.accept(
        block.build(),
        new SliOutput() {
          @Override
          public void bucket(SliBucket bucket) {}

          @Override
          public void closedThrough(long epochMillis) {}
        });
  }

  private static RuntimePoint.Builder point(String metric, double value) {
    return RuntimePoint.newBuilder().setMetric(metric).setStartEpochNanos(1).setValue(value);
  }

  private void gauge(String process, String metric, double value, long at) {
    accept(stage, Observations.block().of("shop", "v1", process).runtime(point(metric, value), at));
  }

  private RuntimeSnapshot runtime() {
    return stage.takeUnexported().subjects().get(0).runtime();
  }

  @Test
  void gauges_areSpreadOverProcesses() {
    for (int i = 1; i <= 20; i++) {
      gauge("p" + i, "go.goroutine.count", i * 10, NOON + i);
      gauge("p" + i, "process.runtime.go.mem.heap_inuse", i, NOON + i);
    }
    // Older than what is known: it says nothing of now.
    gauge("p20", "go.goroutine.count", 9_999, NOON - MINUTE);
    assertThat(runtime().processes()).isEqualTo(20);
    assertThat(runtimeAgain().goroutines()).isEqualTo(new Spread(100, 190, 200));
    assertThat(runtimeAgain().heapBytes()).isEqualTo(new Spread(10, 19, 20));
  }

  /** Nothing in Go has so many buckets: what has would only cost memory. */
  @Test
  void histogramWithTooManyBuckets_isLeftOut() {
    for (int buckets : new int[] {1_024, 1_025}) {
      RuntimePoint.Builder histogram =
          RuntimePoint.newBuilder()
              .setMetric("go.schedule.duration")
              .setStartEpochNanos(1)
              .setDelta(true);
      for (int i = 0; i < buckets - 1; i++) {
        histogram.addExplicitBound(i);
      }
      for (int i = 0; i < buckets; i++) {
        histogram.addBucketCount(1);
      }
      accept(stage, Observations.block().of("shop", "v" + buckets, "p").runtime(histogram, NOON));
    }
    assertThat(stage.takeUnexported().subjects())
        .filteredOn(subject -> subject.runtime().waitSeconds() != null)
        .extracting(subject -> subject.key().version())
        .containsExactly("v1024");
  }

  private RuntimeSnapshot runtimeAgain() {
    gauge("p1", "go.config.gogc", 100, NOON);
    return runtime();
  }

  @Test
  void heap_isTakenFromTheBestMetricThatAProcessHas() {
    accept(
        stage,
        Observations.block()
            .of("shop", "v1", "p")
            .runtime(point("go.memory.used", 30).setAttribute("stack"), NOON)
            .runtime(point("go.memory.used", 500).setAttribute("other"), NOON));
    assertThat(runtime().heapBytes()).isEqualTo(new Spread(530, 530, 530));
    gauge("p", "process.runtime.go.mem.heap_alloc", 400, NOON + 1);
    gauge("p", "process.runtime.go.mem.heap_inuse", 450, NOON + 1);
    gauge("p", "process.runtime.go.mem.heap_alloc", 401, NOON + 2);
    gauge("p", "go.memory.used", 999, NOON + 3);
    assertThat(runtime().heapBytes()).isEqualTo(new Spread(450, 450, 450));
  }

  @Test
  void pauses_areCountedAcrossResetsAndDuplicates() {
    String total = "go.memory.gc.pause.total";
    gauge("p", total, 5, NOON);
    gauge("p", total, 5.5, NOON + 10 * SECOND);
    gauge("p", total, 5.5, NOON + 10 * SECOND);
    gauge("p", total, 5.25, NOON + 5 * SECOND);
    assertThat(runtime().pauseSeconds()).isEqualTo(0.5);
    assertThat(runtimeAgain().pauseShare()).isEqualTo(new Spread(0.05, 0.05, 0.05));
    // A restart: a later start, or a smaller value.
    accept(
        stage,
        Observations.block()
            .of("shop", "v1", "p")
            .runtime(point(total, 6).setStartEpochNanos(2), NOON + 20 * SECOND));
    gauge("p", total, 0.25, NOON + 30 * SECOND);
    // The histogram tells of the same pauses.
    gauge("p", "go.memory.gc.pause.duration", 100, NOON + 30 * SECOND);
    gauge("p", "go.memory.gc.pause.duration", 200, NOON + 40 * SECOND);
    assertThat(runtime().pauseSeconds()).isEqualTo(6.75);
  }

  @Test
  void deltas_countOnce() {
    for (int i : new int[] {1, 2, 2, 3, 1}) {
      accept(
          stage,
          Observations.block()
              .of("shop", "v1", "p")
              .runtime(point("go.memory.gc.cycles", 4).setDelta(true), NOON + i * 15 * SECOND));
    }
    assertThat(runtime().collections()).isEqualTo(12);
  }

  private static RuntimePoint.Builder waits(long... counts) {
    RuntimePoint.Builder point =
        point("go.schedule.duration", 0).addAllExplicitBound(List.of(0.001, 0.01, 0.1));
    for (long count : counts) {
      point.addBucketCount(count);
    }
    return point;
  }

  /** 90 more up to 1 ms and 10 more up to 10 ms; of the other process 100 more up to 100 ms. */
  @Test
  void scheduleLatency_isThatOfTheLatestIncreasesOfAllProcesses() {
    accept(
        stage,
        Observations.block()
            .of("shop", "v1", "p")
            .runtime(waits(1_000, 0, 0, 0), NOON)
            .runtime(waits(1_090, 10, 0, 0), NOON + MINUTE)
            .of("shop", "v1", "q")
            .runtime(waits(0, 0, 100, 0).setDelta(true), NOON + MINUTE));
    Waits waits = runtime().waitSeconds();
    assertThat(waits.p50()).isEqualTo(0.01, within(1e-12));
    assertThat(waits.p95()).isEqualTo(0.01 + 0.09 * 0.9, within(1e-12));
    assertThat(waits.p99()).isEqualTo(0.01 + 0.09 * 0.98, within(1e-12));
  }

  /** 12 rising values: S = 66, its variance 12 x 11 x 29 / 18, so z = 65 / 14.583 = 4.457. */
  @Test
  void leak_isASlopeWithItsConfidence() {
    for (int i = 0; i < 12; i++) {
      gauge("p", "go.goroutine.count", 100 + 10 * i, NOON + i * 5 * MINUTE);
      gauge("p", "go.goroutine.count", 5_000, NOON + i * 5 * MINUTE + MINUTE);
    }
    Growth growth = runtime().goroutineGrowth();
    assertThat(growth.perHour()).isEqualTo(120);
    assertThat(growth.confidence()).isEqualTo(0.99999585, within(1e-7));
  }

  @Test
  void noLeak_isNotCalledOne() {
    int[] values = {5, 3, 6, 2, 5, 4, 6, 3, 4, 5, 2, 6};
    IntStream.range(0, 12)
        .forEach(i -> gauge("p", "go.goroutine.count", values[i], NOON + i * 5 * MINUTE));
    Growth growth = runtime().goroutineGrowth();
    assertThat(growth.perHour()).isEqualTo(0);
    assertThat(growth.confidence()).isBetween(0.3, 0.7);
    assertThat(Growth.of(List.of(new Trend()))).isNull();
  }

  @Test
  void silentProcess_isLeftOut_andItsTotalsStay() {
    gauge("p", "go.memory.gc.cycles", 4, NOON);
    gauge("p", "go.memory.gc.cycles", 9, NOON + SECOND);
    gauge("q", "go.goroutine.count", 7, NOON + 6 * MINUTE);
    accept(stage, Observations.block().through(NOON + 7 * MINUTE));
    assertThat(runtime().processes()).isEqualTo(1);
    gauge("q", "go.goroutine.count", 7, NOON + 90 * MINUTE);
    accept(stage, Observations.block().through(NOON + 91 * MINUTE));
    assertThat(runtime().collections()).isEqualTo(5);
  }

  /** The allowed skew is as long as a process may be silent. */
  @Test
  void fastClockOfOneProcess_hidesNoOther() {
    gauge("p", "go.goroutine.count", 7, NOON);
    gauge("fast", "go.goroutine.count", 9, NOON + 5 * MINUTE + SECOND);
    accept(stage, Observations.block().through(NOON + MINUTE));
    assertThat(runtime().processes()).isEqualTo(2);
  }

  /** Slices of 10 s with data: 6 of p, of which 5 break the limit, 2 as third or later in a row. */
  @Test
  void objective_countsSlicesOfProcesses_onceTheyAreClosed() {
    SliStage judging =
        stage(
            ObjectiveSet.EMPTY
                .with(TestObjectives.runtime("g", "go.goroutine.count", "5000", 1))
                .with(TestObjectives.runtime("g3", "go.goroutine.count", "5000", 3)));
    double[] values = {5_001, 5_000, 6_000, 6_000, 6_000, 6_000};
    Observations block = Observations.block().of("shop", "v1", "p");
    for (int i = values.length - 1; i >= 0; i--) {
      // Exported every 30 s: slices without data are neither good nor bad, and end no row.
      block.runtime(point("go.goroutine.count", values[i]), NOON + i * 30 * SECOND);
      block.runtime(point("go.goroutine.count", 10), NOON + i * 30 * SECOND + SECOND);
    }
    accept(judging, block.through(NOON + MINUTE));
    accept(judging, Observations.block().through(NOON + 160 * SECOND));
    assertThat(dropped).isEmpty();
    accept(
        judging,
        Observations.block()
            .of("shop", "v1", "p")
            .runtime(point("go.goroutine.count", 9_000), NOON + 40 * SECOND)
            .through(NOON + 3 * MINUTE));
    assertThat(dropped).containsExactly(SliDrop.BEYOND_LATE_SLICES);

    List<SloSnapshot> slos = judging.takeUnexported().subjects().get(0).slos();
    assertThat(slos.get(0).period()).isEqualTo(new Sums(6 * ONE, 5 * ONE));
    assertThat(slos.get(1).period()).isEqualTo(new Sums(6 * ONE, 2 * ONE));
  }

  @Test
  void objectivesForPackages_areNotForRuntimes() {
    SliStage judging = stage(TestObjectives.ofEveryKind(NOON));
    accept(
        judging,
        Observations.block().of("shop", "v1", "p").runtime(point("go.goroutine.count", 1), NOON));
    SubjectSnapshot subject = judging.takeUnexported().subjects().get(0);
    assertThat(subject.key().goPackage()).isEqualTo("(runtime)");
    assertThat(subject.slos())
        .extracting(slo -> slo.objective().id())
        .containsExactlyInAnyOrder("goroutines", "heap", "pauses");
  }
}
