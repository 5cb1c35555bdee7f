// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of the Go runtime as its instrumentation exports them: eleven points of a process each
 * time, 27 processes to a record. Collections are told as deltas of one.
 */
public final class RuntimePoints implements RecordTemplate {
  private static final int RECORDS = 100;
  private static final int PROCESSES = 27;
  private static final int POINTS = 11;
  private static final int SERVICES = 10;

  /** Of all processes, and of no copy another one: a later start would be a restart. */
  private static final long START = 1_700_000_000_000_000_000L;

  private static final long TIME = START + 3_600_000_000_000L;
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  private static final AggregationTemporality DELTA =
      AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

  private final MetricsData record;

  private RuntimePoints(MetricsData record) {
    this.record = record;
  }

  /** 2,700 processes of ten services. */
  public static List<RecordTemplate> templates() {
    List<RecordTemplate> templates = new ArrayList<>();
    for (int record = 0; record < RECORDS; record++) {
      MetricsData.Builder metrics = MetricsData.newBuilder();
      for (int process = 0; process < PROCESSES; process++) {
        metrics.addResourceMetrics(process(record * PROCESSES + process));
      }
      templates.add(new RuntimePoints(metrics.build()));
    }
    return templates;
  }

  private static ResourceMetrics process(int number) {
    ScopeMetrics.Builder metrics =
        ScopeMetrics.newBuilder()
            .addMetrics(memory(number))
            .addMetrics(sum("go.memory.limit", false, CUMULATIVE, 1L << 30))
            .addMetrics(sum("go.memory.allocated", true, CUMULATIVE, 900_000_000L + number))
            .addMetrics(sum("go.memory.allocations", true, CUMULATIVE, 7_000_000L + number))
            .addMetrics(sum("go.memory.gc.goal", false, CUMULATIVE, 64L << 20))
            .addMetrics(sum("go.goroutine.count", false, CUMULATIVE, 40 + number % 20))
            .addMetrics(sum("go.processor.limit", false, CUMULATIVE, 4))
            .addMetrics(sum("go.config.gogc", false, CUMULATIVE, 100))
            .addMetrics(waits())
            .addMetrics(sum("go.memory.gc.cycles", true, DELTA, 1));
    metrics.getScopeBuilder().setName("go.opentelemetry.io/contrib/instrumentation/runtime");
    return ResourceMetrics.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(text("service.name", "shop-" + number % SERVICES))
                .addAttributes(text("service.version", "v1.0.0"))
                .addAttributes(text("k8s.pod.uid", "pod-" + number + "-7d9f5b6c4d")))
        .addScopeMetrics(metrics)
        .build();
  }

  private static Metric memory(int number) {
    Metric.Builder used =
        sum("go.memory.used", false, CUMULATIVE, 30_000_000L + number).toBuilder();
    used.getSumBuilder().getDataPointsBuilder(0).addAttributes(text("go.memory.type", "other"));
    used.getSumBuilder()
        .addDataPoints(point(1 << 20).addAttributes(text("go.memory.type", "stack")));
    return used.build();
  }

  private static Metric sum(
      String name, boolean monotonic, AggregationTemporality temporality, long value) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(monotonic)
                .setAggregationTemporality(temporality)
                .addDataPoints(point(value)))
        .build();
  }

  private static NumberDataPoint.Builder point(long value) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(START)
        .setTimeUnixNano(TIME)
        .setAsInt(value);
  }

  private static Metric waits() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder().setStartTimeUnixNano(START).setTimeUnixNano(TIME);
    for (double bound = 64e-9; bound < 1; bound *= 4) {
      point.addExplicitBounds(bound).addBucketCounts(70);
    }
    point.addBucketCounts(1).setCount(70L * point.getExplicitBoundsCount() + 1).setSum(0.5);
    return Metric.newBuilder()
        .setName("go.schedule.duration")
        .setHistogram(
            Histogram.newBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(point))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  @Override
  public int items() {
    return PROCESSES * POINTS;
  }

  /** One collection of each process. */
  @Override
  public int marks() {
    return PROCESSES;
  }

  @Override
  public long latestNanos() {
    return TIME;
  }

  @Override
  public byte[] copy(long idMask, long shiftNanos) {
    MetricsData.Builder copy = record.toBuilder();
    copy.getResourceMetricsBuilderList().stream()
        .flatMap(resource -> resource.getScopeMetricsBuilderList().stream())
        .flatMap(scope -> scope.getMetricsBuilderList().stream())
        .forEach(metric -> move(metric, TIME + shiftNanos));
    return copy.build().toByteArray();
  }

  private static void move(Metric.Builder metric, long timeNanos) {
    boolean isDelta = metric.getSum().getAggregationTemporality() == DELTA;
    if (metric.hasHistogram()) {
      metric.getHistogramBuilder().getDataPointsBuilder(0).setTimeUnixNano(timeNanos);
      return;
    }
    for (NumberDataPoint.Builder point : metric.getSumBuilder().getDataPointsBuilderList()) {
      point.setTimeUnixNano(timeNanos);
      point.setStartTimeUnixNano(isDelta ? timeNanos - 1 : START);
    }
  }
}
