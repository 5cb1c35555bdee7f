// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One family per name. Services that share an application export own series of the same name, told
 * apart by their labels; the formats allow only one HELP and TYPE line for them.
 */
final class MergedFamilies {
  private MergedFamilies() {}

  /** The families in the order of their first occurrence; help and type are those of the first. */
  static Enumeration<MetricFamilySamples> of(Enumeration<MetricFamilySamples> families) {
    Map<String, MetricFamilySamples> byName = new LinkedHashMap<>();
    while (families.hasMoreElements()) {
      MetricFamilySamples family = families.nextElement();
      byName.merge(family.name, family, MergedFamilies::merge);
    }
    return Collections.enumeration(byName.values());
  }

  private static MetricFamilySamples merge(MetricFamilySamples first, MetricFamilySamples second) {
    List<MetricFamilySamples.Sample> samples = new ArrayList<>(first.samples);
    samples.addAll(second.samples);
    return new MetricFamilySamples(first.name, first.unit, first.type, first.help, samples);
  }
}
