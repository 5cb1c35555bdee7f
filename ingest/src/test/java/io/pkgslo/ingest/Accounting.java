// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.ingest.attribute.DropReason;
import io.pkgslo.model.Topics;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;

/** The accounting identities of ingest, read from its own metrics. */
final class Accounting {
  private final CollectorRegistry registry;

  Accounting(CollectorRegistry registry) {
    this.registry = registry;
  }

  /**
   * Of a pipeline that is closed, so that nothing is in flight: received = processed + dropped +
   * dead-lettered + retried, for records and items.
   */
  void assertBalanced() {
    double received = 0;
    double settled = 0;
    for (String topic : Topics.otlp()) {
      received += records("received", topic);
      settled += records("processed", topic) + records("retried", topic) + deadLettered(topic);
    }
    assertThat(value("pkgslo_records_in_flight")).as("records in flight").isZero();
    assertThat(received).as("records received").isEqualTo(settled);
    double dropped = 0;
    for (DropReason reason : DropReason.values()) {
      dropped += dropped(reason);
    }
    assertThat(value("pkgslo_items_received_total"))
        .isEqualTo(value("pkgslo_items_processed_total") + dropped);
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
