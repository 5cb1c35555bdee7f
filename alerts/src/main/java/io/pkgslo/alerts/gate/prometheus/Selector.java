// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which series are meant.
 *
 * @param name empty for any
 */
record Selector(String name, List<Matcher> matchers) {
  Selector {
    matchers = List.copyOf(matchers);
  }

  boolean accepts(Sample sample) {
    return (name.isEmpty() || name.equals(sample.name()))
        && matchers.stream().allMatch(matcher -> matcher.accepts(sample));
  }

  /** The value that a label must have; null when the selector does not say so. */
  @Nullable String exact(String label) {
    for (Matcher matcher : matchers) {
      if (matcher.label().equals(label)
          && matcher.operator() == Matcher.Operator.EQUAL
          && !matcher.value().isEmpty()) {
        return matcher.value();
      }
    }
    return null;
  }
}
