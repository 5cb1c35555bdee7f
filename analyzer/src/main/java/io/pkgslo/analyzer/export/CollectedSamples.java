// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.exemplars.Exemplar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mutable, single-threaded: the samples of one family, kept. */
final class CollectedSamples implements SampleSink {
  private final List<Sample> samples = new ArrayList<>();

  @Override
  public void add(
      String name,
      List<String> labels,
      List<String> values,
      double value,
      @Nullable Exemplar exemplar) {
    samples.add(
        exemplar == null
            ? new Sample(name, labels, values, value)
            : new Sample(name, labels, values, value, exemplar));
  }

  List<Sample> samples() {
    return samples;
  }
}
