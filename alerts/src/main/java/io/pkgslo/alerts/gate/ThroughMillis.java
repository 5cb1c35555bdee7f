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
  private final Map<Integer, Long> heardByPartition = new ConcurrentHashMap<>();
  private volatile int partitions;

  /**
   * @param heardMillis when it was said; only a partition that came further counts as heard
   */
  void advance(Progress progress, long heardMillis) {
    Long former = byPartition.get(progress.getPartition());
    if (former == null || former < progress.getThroughMillis()) {
      byPartition.put(progress.getPartition(), progress.getThroughMillis());
      heardByPartition.merge(progress.getPartition(), heardMillis, Math::max);
    }
    partitions = progress.getPartitions();
  }

  /** Null until every partition was heard of. */
  @Nullable Long get() {
    return least(byPartition);
  }

  /** When the quietest partition last came further; null until every partition was heard of. */
  @Nullable Long heardMillis() {
    return least(heardByPartition);
  }

  private @Nullable Long least(Map<Integer, Long> values) {
    return partitions == 0 || values.size() < partitions ? null : Collections.min(values.values());
  }
}
