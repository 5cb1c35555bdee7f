// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.prometheus.client.Collector;

/**
 * One metric family about subjects.
 *
 * @param name without a suffix for counters and histograms
 * @param activeOnly left out for subjects that were silent for an hour
 */
record Family(String name, Collector.Type type, String help, boolean activeOnly, Writer writer) {
  /** Writes the samples of one subject. */
  @FunctionalInterface
  interface Writer {
    void write(SubjectSnapshot subject, SampleSink sink);
  }

  Collector.MetricFamilySamples of(SampleSink sink) {
    return new Collector.MetricFamilySamples(name, type, help, sink.samples());
  }
}
