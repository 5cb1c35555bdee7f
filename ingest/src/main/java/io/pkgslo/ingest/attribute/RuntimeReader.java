// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.MetricKind;
import io.pkgslo.ingest.decode.MetricPointView;
import io.pkgslo.ingest.decode.MetricSink;
import io.pkgslo.ingest.decode.MetricView;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Temporality;
import io.pkgslo.model.wire.RuntimePoint;
import org.jspecify.annotations.Nullable;

/** Points of the Go runtime's metrics to facts; all others are dropped. Single-threaded. */
final class RuntimeReader implements MetricSink {
  private final RecordScope record;
  private ProcessOrigin origin = SpanFact.NOWHERE;
  private @Nullable RuntimeMetric metric;

  RuntimeReader(RecordScope record) {
    this.record = record;
  }

  @Override
  public void resource(ResourceView resource) {
    origin = record.origin(resource);
  }

  @Override
  public void scope(ScopeView scope) {
    // The name of a metric says enough; collectors rename scopes.
  }

  @Override
  public void metric(MetricView view) {
    metric = RuntimeMetric.named(view.name().toString());
  }

  @Override
  public void point(MetricPointView point) {
    ItemCounts counts = record.counts();
    counts.received();
    RuntimeMetric known = metric;
    DropReason unusable = unusable(known, point);
    if (known == null || unusable != null) {
      counts.dropped(unusable == null ? DropReason.NOT_GO_RUNTIME : unusable);
      return;
    }
    counts.processed();
    record.sink().runtime(origin, toFact(known, point));
  }

  private @Nullable DropReason unusable(@Nullable RuntimeMetric known, MetricPointView point) {
    if (known == null) {
      return DropReason.NOT_GO_RUNTIME;
    }
    if (point.hasNoRecordedValue() || !hasUsableValue(point)) {
      return DropReason.NO_VALUE;
    }
    if (point.timeEpochNanos() == 0) {
      return DropReason.NO_TIME;
    }
    return record.times().isFuture(point.timeEpochNanos()) ? DropReason.FUTURE : null;
  }

  private static boolean hasUsableValue(MetricPointView point) {
    return switch (point.metric().kind()) {
      case GAUGE, SUM -> point.hasValue() && Double.isFinite(point.value());
      case HISTOGRAM, SUMMARY -> Double.isFinite(point.sum());
      case EXPONENTIAL_HISTOGRAM -> Double.isFinite(point.sum());
      case NONE -> false;
    };
  }

  private static RuntimePoint.Builder toFact(RuntimeMetric known, MetricPointView point) {
    MetricView metric = point.metric();
    MetricKind kind = metric.kind();
    boolean scalar = kind == MetricKind.GAUGE || kind == MetricKind.SUM;
    RuntimePoint.Builder fact =
        RuntimePoint.newBuilder()
            .setMetric(known.name())
            .setStartEpochNanos(point.startEpochNanos())
            .setTimeEpochNanos(point.timeEpochNanos())
            .setValue((scalar ? point.value() : point.sum()) * known.factor())
            .setDelta(metric.temporality() == Temporality.DELTA)
            .setMonotonic(metric.isMonotonic() || known.monotonic())
            .setAttribute(attribute(point));
    if (kind == MetricKind.HISTOGRAM) {
      addBuckets(known, point, fact);
    }
    return fact;
  }

  private static void addBuckets(
      RuntimeMetric known, MetricPointView point, RuntimePoint.Builder fact) {
    for (int i = 0; i < point.boundCount(); i++) {
      fact.addExplicitBound(point.boundAt(i) * known.factor());
    }
    for (int i = 0; i < point.bucketCount(); i++) {
      fact.addBucketCount(point.bucketCountAt(i));
    }
  }

  /** What the metric is split by: memory type or CPU state; the finer split wins. */
  private static String attribute(MetricPointView point) {
    for (Key key :
        new Key[] {
          Key.GO_MEMORY_DETAILED_TYPE,
          Key.GO_MEMORY_TYPE,
          Key.GO_CPU_DETAILED_STATE,
          Key.GO_CPU_STATE
        }) {
      AnyValueView value = point.attribute(key.id());
      if (value != null && value.isString()) {
        return value.text().toString();
      }
    }
    return "";
  }
}
