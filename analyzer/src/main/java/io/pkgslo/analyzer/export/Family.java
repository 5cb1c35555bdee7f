// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.platform.MetricsQuery;
import io.prometheus.client.Collector;
import java.util.Arrays;
import java.util.List;

/**
 * One metric family about subjects.
 *
 * @param name without a suffix for counters and histograms
 * @param activeOnly left out for subjects that were silent for an hour
 */
record Family(String name, Collector.Type type, String help, boolean activeOnly, Writer writer) {
  /** These families, for packages alone: what is known of a runtime is not of a package. */
  static List<Family> ofPackages(List<Family> families) {
    return families.stream().map(Family::ofPackages).toList();
  }

  private Family ofPackages() {
    return new Family(
        name,
        type,
        help,
        activeOnly,
        (subject, sink) -> {
          if (subject.runtime() == null) {
            writer.write(subject, sink);
          }
        });
  }

  /** Writes the samples of one subject. */
  @FunctionalInterface
  interface Writer {
    void write(SubjectSnapshot subject, SampleSink sink);
  }

  /** True when some sample of this family can have one of the names that are asked for. */
  boolean isWanted(MetricsQuery query) {
    return query.names().isEmpty()
        || Arrays.stream(of(new CollectedSamples()).getNames()).anyMatch(query::wantsName);
  }

  Collector.MetricFamilySamples of(CollectedSamples sink) {
    return new Collector.MetricFamilySamples(name, type, help, sink.samples());
  }
}
