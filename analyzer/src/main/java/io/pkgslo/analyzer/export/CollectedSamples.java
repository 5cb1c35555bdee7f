// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.Labels;
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
      Labels first,
      Labels second,
      Labels third,
      double value,
      @Nullable Exemplar exemplar) {
    List<String> names = joined(first.names(), second.names(), third.names());
    List<String> values = joined(first.values(), second.values(), third.values());
    samples.add(
        exemplar == null
            ? new Sample(name, names, values, value)
            : new Sample(name, names, values, value, exemplar));
  }

  /** One sample of a family that is never streamed. */
  void add(String name, List<String> labels, List<String> values, double value) {
    samples.add(new Sample(name, labels, values, value));
  }

  private static List<String> joined(List<String> one, List<String> two, List<String> three) {
    List<String> all = new ArrayList<>(one);
    all.addAll(two);
    all.addAll(three);
    return all;
  }

  List<Sample> samples() {
    return samples;
  }
}
