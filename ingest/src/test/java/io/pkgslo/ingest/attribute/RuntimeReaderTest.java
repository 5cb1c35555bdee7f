// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of go-telemetry.md, section 5. */
class RuntimeReaderTest {
  private static final long TIME = FactRecorder.NOW_NANOS;

  private static NumberDataPoint.Builder point(long value) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(TIME - 1)
        .setTimeUnixNano(TIME)
        .setAsInt(value);
  }

  private static Metric.Builder sum(String name, boolean monotonic, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(monotonic)
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point));
  }

  private static FactRecorder read(Metric.Builder... metrics) {
    return new FactRecorder().read(Otlp.metrics(Otlp.resource("service.name", "s"), metrics));
  }

  @ParameterizedTest
  @CsvSource({
    "go.goroutine.count, go.goroutine.count, 7, false",
    "process.runtime.go.goroutines, go.goroutine.count, 7, false",
    "runtime.go.goroutines, go.goroutine.count, 7, false",
    "go_goroutines, go.goroutine.count, 7, false",
    "go.memory.used, go.memory.used, 7, false",
    "go.memory.allocated, go.memory.allocated, 7, true",
    "process.runtime.go.gc.count, go.memory.gc.cycles, 7, true",
    "process.runtime.go.gc.pause_total_ns, go.memory.gc.pause.total, 7e-9, true",
    "process.runtime.go.mem.heap_inuse, process.runtime.go.mem.heap_inuse, 7, false",
    "runtime.go.mem.heap_alloc, process.runtime.go.mem.heap_alloc, 7, false",
    "runtime.uptime, process.uptime, 0.007, true"
  })
  void names_areMappedToTheCurrentOne(String name, String current, double value, boolean grows) {
    RuntimePoint seen = read(sum(name, false, point(7))).points.get(0);
    assertThat(seen.getMetric()).isEqualTo(current);
    assertThat(seen.getValue()).isEqualTo(value, within(1e-15));
    assertThat(seen.getMonotonic()).isEqualTo(grows);
    assertThat(seen.getStartEpochNanos()).isEqualTo(TIME - 1);
    assertThat(seen.getTimeEpochNanos()).isEqualTo(TIME);
    assertThat(seen.getDelta()).isFalse();
  }

  /** All names of go-telemetry.md 5; a name that is not read is dropped as another metric. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "go.memory.used",
        "go.memory.limit",
        "go.memory.allocated",
        "go.memory.allocations",
        "go.memory.gc.goal",
        "go.memory.gc.cycles",
        "go.memory.gc.pause.duration",
        "go.goroutine.count",
        "go.processor.limit",
        "go.config.gogc",
        "go.schedule.duration",
        "go.cpu.time",
        "runtime.uptime",
        "go_goroutines",
        "go_memstats_heap_alloc_bytes",
        "go_memstats_next_gc_bytes",
        "go_gc_duration_seconds",
        "go_sched_latencies_seconds"
      })
  void everyName_isRead(String name) {
    assertThat(read(sum(name, false, point(7))).points).hasSize(1);
  }

  /** Before 0.62 and, with the shorter prefix, before 0.29. */
  @ParameterizedTest
  @CsvSource({
    "goroutines, go.goroutine.count",
    "cgo.calls, process.runtime.go.cgo.calls",
    "mem.heap_alloc, process.runtime.go.mem.heap_alloc",
    "mem.heap_idle, process.runtime.go.mem.heap_idle",
    "mem.heap_inuse, process.runtime.go.mem.heap_inuse",
    "mem.heap_released, process.runtime.go.mem.heap_released",
    "mem.heap_sys, process.runtime.go.mem.heap_sys",
    "mem.heap_objects, process.runtime.go.mem.heap_objects",
    "mem.live_objects, process.runtime.go.mem.live_objects",
    "mem.lookups, process.runtime.go.mem.lookups",
    "gc.count, go.memory.gc.cycles",
    "gc.pause_total_ns, go.memory.gc.pause.total",
    "gc.pause_ns, go.memory.gc.pause.duration"
  })
  void formerNames_areReadUnderBothPrefixes(String suffix, String current) {
    for (String prefix : List.of("process.runtime.go.", "runtime.go.")) {
      assertThat(read(sum(prefix + suffix, false, point(7))).points)
          .singleElement()
          .satisfies(seen -> assertThat(seen.getMetric()).isEqualTo(current));
    }
  }

  /** Prometheus' client sends its pauses as a summary: of that the sum counts. */
  @Test
  void summary_isItsSum() {
    Metric.Builder pauses =
        Metric.newBuilder()
            .setName("go_gc_duration_seconds")
            .setSummary(
                Summary.newBuilder()
                    .addDataPoints(
                        SummaryDataPoint.newBuilder()
                            .setStartTimeUnixNano(TIME - 1)
                            .setTimeUnixNano(TIME)
                            .setCount(3)
                            .setSum(0.25)));
    RuntimePoint seen = read(pauses).points.get(0);
    assertThat(seen.getMetric()).isEqualTo("go.memory.gc.pause.duration");
    assertThat(seen.getValue()).isEqualTo(0.25);
    assertThat(seen.getDelta()).isFalse();
  }

  @Test
  void memoryType_isKept() {
    RuntimePoint seen =
        read(sum(
                "go.memory.used",
                false,
                point(7).addAllAttributes(Otlp.attributes("go.memory.type", "stack"))))
            .points
            .get(0);
    assertThat(seen.getAttribute()).isEqualTo("stack");
  }

  @Test
  void histogram_keepsItsBuckets_inTheCurrentUnit() {
    Metric.Builder pauses =
        Metric.newBuilder()
            .setName("process.runtime.go.gc.pause_ns")
            .setHistogram(
                Histogram.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(
                        HistogramDataPoint.newBuilder()
                            .setTimeUnixNano(TIME)
                            .setCount(3)
                            .setSum(6_000_000)
                            .addExplicitBounds(1_000_000)
                            .addBucketCounts(1)
                            .addBucketCounts(2)));
    RuntimePoint seen = read(pauses).points.get(0);
    assertThat(seen.getMetric()).isEqualTo("go.memory.gc.pause.duration");
    assertThat(seen.getValue()).isEqualTo(0.006, within(1e-12));
    assertThat(seen.getExplicitBound(0)).isEqualTo(0.001, within(1e-12));
    assertThat(seen.getBucketCountList()).containsExactly(1L, 2L);
    assertThat(seen.getDelta()).isTrue();
  }

  @Test
  void otherMetricsAndEmptyPoints_areDroppedByReason() {
    FactRecorder seen =
        read(
            Metric.newBuilder()
                .setName("http.server.request.duration")
                .setGauge(Gauge.newBuilder().addDataPoints(point(1)).addDataPoints(point(2))),
            sum("go.goroutine.count", false, point(1).setFlags(1)),
            sum("go.goroutine.count", false, point(1).clearAsInt()),
            sum("go.goroutine.count", false, point(1).clearAsInt().setAsDouble(Double.NaN)),
            sum("go.goroutine.count", false, point(1).clearTimeUnixNano()),
            sum("go.goroutine.count", false, point(1).setTimeUnixNano(TIME + 400_000_000_000L)),
            sum("go.goroutine.count", false, point(1)));
    assertThat(seen.points).hasSize(1);
    assertThat(seen.counts.droppedItems(DropReason.NOT_GO_RUNTIME)).isEqualTo(2);
    assertThat(seen.counts.droppedItems(DropReason.NO_VALUE)).isEqualTo(3);
    assertThat(seen.counts.droppedItems(DropReason.NO_TIME)).isEqualTo(1);
    assertThat(seen.counts.droppedItems(DropReason.FUTURE)).isEqualTo(1);
    assertThat(seen.counts.receivedItems()).isEqualTo(8);
    assertThat(seen.counts.processedItems()).isEqualTo(1);
  }
}
