// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.MetricKind;
import io.pkgslo.ingest.decode.MetricPointView;
import io.pkgslo.ingest.decode.MetricSink;
import io.pkgslo.ingest.decode.MetricView;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Temporality;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Points of the Go runtime's metrics, and of those that objectives count, to facts; all others are
 * dropped. Single-threaded.
 */
final class RuntimeReader implements MetricSink {
  private final RecordScope record;
  private ProcessOrigin origin = SpanFact.NOWHERE;
  private final ScopePackages scopes;
  private @Nullable RuntimeMetric metric;

  /** Null while no objective counts metrics. */
  private @Nullable MetricSelection selection;

  private @Nullable AttributesView resourceAttributes;
  private @Nullable ScopeView scopeView;

  /** Of the present metric. */
  private boolean asked;

  RuntimeReader(AttributeSettings settings, RecordScope record) {
    this.record = record;
    this.scopes = new ScopePackages(settings.packages(), settings.sidecars());
  }

  /** From the next record on these selectors are applied. */
  void select(List<Selector> selectors) {
    selection = selectors.isEmpty() ? null : new MetricSelection(selectors);
    asked = false;
  }

  @Override
  public void resource(ResourceView resource) {
    origin = record.origin(resource);
    resourceAttributes = resource.attributes();
  }

  @Override
  public void scope(ScopeView scope) {
    // The name of a runtime metric says enough; collectors rename scopes.
    scopeView = scope;
  }

  @Override
  public void metric(MetricView view) {
    String name = view.name().toString();
    metric = RuntimeMetric.named(name);
    asked = selection != null && selection.metric(name);
  }

  @Override
  public void point(MetricPointView point) {
    ItemCounts counts = record.counts();
    counts.received();
    RuntimeMetric known = metric;
    if (known == null && !asked) {
      counts.dropped(DropReason.NOT_GO_RUNTIME);
      return;
    }
    DropReason unusable = unusable(point);
    if (unusable != null) {
      counts.dropped(unusable);
      return;
    }
    if (known != null) {
      record.sink().runtime(origin, toFact(known, point));
    }
    DropReason refused = asked ? select(point) : DropReason.NOT_GO_RUNTIME;
    if (known != null || refused == null) {
      counts.processed();
    } else {
      counts.dropped(refused);
    }
  }

  /**
   * Hands over what objectives take of a point.
   *
   * @return why they take nothing; null when some does
   */
  private @Nullable DropReason select(MetricPointView point) {
    MetricSelection selectors = Objects.requireNonNull(selection);
    ScopeView scope = scopeView;
    SelectedPoint.Builder fact =
        selectors.of(
            point, origin.service(), resourceAttributes, scope == null ? null : scope.name());
    DropReason refused = selectors.refused();
    if (fact == null) {
      return refused == null ? DropReason.NOT_SELECTED : refused;
    }
    if (refused != null) {
      record.counts().corrected(Correction.NOT_COUNTED_BY_ALL);
    }
    String goPackage = scope == null ? "" : scopes.of(scope).goPackage();
    record.sink().selectedPoint(origin, fact.setPackage(goPackage));
    return null;
  }

  private @Nullable DropReason unusable(MetricPointView point) {
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
