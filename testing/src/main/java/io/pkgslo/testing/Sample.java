// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of {@code /metrics}.
 *
 * @param name with its suffix
 * @param labels by name
 */
public record Sample(String name, Map<String, String> labels, double value) {
  public Sample {
    labels = new TreeMap<>(labels);
  }

  /** What collectors show. */
  public static List<Sample> of(Collection<MetricFamilySamples> families) {
    List<Sample> samples = new ArrayList<>();
    for (MetricFamilySamples family : families) {
      for (MetricFamilySamples.Sample sample : family.samples) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < sample.labelNames.size(); i++) {
          labels.put(sample.labelNames.get(i), sample.labelValues.get(i));
        }
        samples.add(new Sample(sample.name, labels, sample.value));
      }
    }
    return samples;
  }
}
