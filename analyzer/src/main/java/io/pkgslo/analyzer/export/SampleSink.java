// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.Labels;
import io.prometheus.client.exemplars.Exemplar;
import org.jspecify.annotations.Nullable;

/** Takes the samples of one family while it is made. */
@FunctionalInterface
interface SampleSink {
  /** One sample; its labels are those of the three arguments, one behind the other. */
  void add(
      String name,
      Labels first,
      Labels second,
      Labels third,
      double value,
      @Nullable Exemplar exemplar);

  default void add(String name, Labels labels, double value) {
    add(name, labels, Labels.NONE, Labels.NONE, value, null);
  }

  default void add(String name, Labels first, Labels second, double value) {
    add(name, first, second, Labels.NONE, value, null);
  }
}
