// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.ingest.attribute.DropReason;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;

/** Counts of ingest, read from its own metrics. */
final class Accounting {
  private final CollectorRegistry registry;

  Accounting(CollectorRegistry registry) {
    this.registry = registry;
  }

  double records(String what, String topic) {
    return sample("pkgslo_records_" + what + "_total", "topic", topic);
  }

  double dropped(DropReason reason) {
    return sample("pkgslo_items_dropped_total", "reason", reason.label());
  }

  double value(String name) {
    Double value = registry.getSampleValue(name);
    return value == null ? 0 : value;
  }

  private double sample(String name, String label, String labelValue) {
    Double value = registry.getSampleValue(name, new String[] {label}, new String[] {labelValue});
    return value == null ? 0 : value;
  }

  double deadLettered(String topic) {
    double sum = 0;
    for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        boolean counter = sample.name.equals("pkgslo_records_dead_lettered_total");
        sum += counter && sample.labelValues.get(0).equals(topic) ? sample.value : 0;
      }
    }
    return sum;
  }
}
