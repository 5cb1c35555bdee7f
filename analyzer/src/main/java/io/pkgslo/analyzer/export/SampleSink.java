// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.prometheus.client.exemplars.Exemplar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the samples of one family while it is made. */
@FunctionalInterface
interface SampleSink {
  void add(
      String name,
      List<String> labels,
      List<String> values,
      double value,
      @Nullable Exemplar exemplar);

  default void add(String name, List<String> labels, List<String> values, double value) {
    add(name, labels, values, value, null);
  }
}
