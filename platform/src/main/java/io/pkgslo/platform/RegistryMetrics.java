// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The series of packages, services, objectives and rollouts as OTLP metrics, under the names that
 * they have on {@code /metrics}: counters as cumulative sums without {@code _total}, gauges as they
 * are; of a histogram its count and its sum, each as a sum of its own. The start of the sums is
 * unknown (0), because they go on over restarts: a new start would look like a reset.
 */
final class RegistryMetrics implements MetricProducer {
  private static final List<String> PREFIXES =
      List.of("go_package_", "go_service_", "slo_", "rollout_");
  private static final long UNKNOWN_START = 0;
  private static final String TOTAL = "_total";

  private final CollectorRegistry registry;
  private final Clock clock;

  RegistryMetrics(CollectorRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    long nowNanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    List<MetricData> metrics = new ArrayList<>();
    for (MetricFamilySamples family :
        Collections.list(MergedFamilies.of(registry.metricFamilySamples()))) {
      if (PREFIXES.stream().anyMatch(family.name::startsWith)) {
        add(family, resource, nowNanos, metrics);
      }
    }
    return metrics;
  }

  private static void add(
      MetricFamilySamples family, Resource resource, long nowNanos, List<MetricData> metrics) {
    switch (family.type) {
      case COUNTER ->
          addSum(
              family.name,
              points(family, family.name + TOTAL, nowNanos),
              family,
              resource,
              metrics);
      case GAUGE -> {
        List<DoublePointData> points = points(family, family.name, nowNanos);
        if (!points.isEmpty()) {
          metrics.add(FamilyMetric.gauge(resource, family.name, family.help, points));
        }
      }
      case HISTOGRAM -> {
        for (String part : List.of(family.name + "_count", family.name + "_sum")) {
          addSum(part, points(family, part, nowNanos), family, resource, metrics);
        }
      }
      case UNKNOWN, STATE_SET, INFO, GAUGE_HISTOGRAM, SUMMARY -> {
        // Nobody in pkgslo makes one.
      }
    }
  }

  private static void addSum(
      String name,
      List<DoublePointData> points,
      MetricFamilySamples family,
      Resource resource,
      List<MetricData> metrics) {
    if (!points.isEmpty()) {
      metrics.add(FamilyMetric.sum(resource, name, family.help, points));
    }
  }

  private static List<DoublePointData> points(
      MetricFamilySamples family, String sample, long nowNanos) {
    return family.samples.stream()
        .filter(one -> one.name.equals(sample))
        .map(
            one ->
                DoublePointData.create(
                    UNKNOWN_START, nowNanos, attributes(one), one.value, List.of()))
        .toList();
  }

  private static Attributes attributes(MetricFamilySamples.Sample sample) {
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 0; i < sample.labelNames.size(); i++) {
      attributes.put(sample.labelNames.get(i), sample.labelValues.get(i));
    }
    return attributes.build();
  }
}
