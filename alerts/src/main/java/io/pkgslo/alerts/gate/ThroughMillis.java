// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.model.wire.Progress;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The slowest of all partitions of one topic. One writer, any readers. */
final class ThroughMillis {
  private final Map<Integer, Long> byPartition = new ConcurrentHashMap<>();
  private volatile int partitions;

  void advance(Progress progress) {
    byPartition.merge(progress.getPartition(), progress.getThroughMillis(), Math::max);
    partitions = progress.getPartitions();
  }

  /** Null until every partition was heard of. */
  @Nullable Long get() {
    if (partitions == 0 || byPartition.size() < partitions) {
      return null;
    }
    return Collections.min(byPartition.values());
  }
}
