// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import java.util.List;

/** What an expression is worth now. */
sealed interface Value {
  /** A number, finite. */
  record Scalar(double number) implements Value {}

  /**
   * Series.
   *
   * @param constant whether it would have the same value at any time
   */
  record Vector(List<Sample> samples, boolean constant) implements Value {
    public Vector {
      samples = List.copyOf(samples);
    }
  }
}
