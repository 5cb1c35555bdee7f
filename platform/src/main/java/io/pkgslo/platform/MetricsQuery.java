// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * What a scrape asks for.
 *
 * @param names of series, such as {@code go_package_panics_total}; empty is all
 * @param services values of that label; empty is all. Series without this label are left out when
 *     any is named
 */
public record MetricsQuery(Set<String> names, Set<String> services) {
  public static final MetricsQuery EVERYTHING = new MetricsQuery(Set.of(), Set.of());

  private static final String SERVICE = "service";

  public MetricsQuery {
    names = Set.copyOf(names);
    services = Set.copyOf(services);
  }

  public boolean wantsName(String name) {
    return names.isEmpty() || names.contains(name);
  }

  public boolean wantsService(String service) {
    return services.isEmpty() || services.contains(service);
  }

  /** Of the families of a registry what is asked for by service; names are the registry's part. */
  Enumeration<MetricFamilySamples> filter(Enumeration<MetricFamilySamples> families) {
    if (services.isEmpty()) {
      return families;
    }
    List<MetricFamilySamples> wanted = new ArrayList<>();
    while (families.hasMoreElements()) {
      MetricFamilySamples family = families.nextElement();
      List<MetricFamilySamples.Sample> samples =
          family.samples.stream().filter(this::wantsSample).toList();
      if (!samples.isEmpty()) {
        wanted.add(
            new MetricFamilySamples(family.name, family.unit, family.type, family.help, samples));
      }
    }
    return Collections.enumeration(wanted);
  }

  private boolean wantsSample(MetricFamilySamples.Sample sample) {
    int label = sample.labelNames.indexOf(SERVICE);
    return label >= 0 && services.contains(sample.labelValues.get(label));
  }
}
