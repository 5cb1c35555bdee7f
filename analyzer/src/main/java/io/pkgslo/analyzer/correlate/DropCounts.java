// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.EnumMap;
import java.util.Map;

/** Counts by reason since they were last taken. Mutable, single-threaded. */
final class DropCounts {
  private Map<CorrelateDrop, Long> counts = new EnumMap<>(CorrelateDrop.class);

  void add(CorrelateDrop reason, long count) {
    counts.merge(reason, count, Long::sum);
  }

  Map<CorrelateDrop, Long> take() {
    Map<CorrelateDrop, Long> taken = counts;
    counts = new EnumMap<>(CorrelateDrop.class);
    return taken;
  }
}
