// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: how far each upstream partition has been worked off, and from it the
 * watermark of a task: the time up to which every upstream partition has been heard of. One
 * partition that lags holds the watermark back, so lag changes no result.
 */
public final class ProgressTracker {
  /** No watermark yet: some upstream partition was never heard of. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final Set<String> expectedTopics;
  private final Map<String, Integer> partitions = new TreeMap<>();
  private final Map<String, Map<Integer, Long>> through = new TreeMap<>();
  private long watermarkMillis = UNKNOWN;

  /** A tracker that waits for every partition of each of {@code expectedTopics}. */
  public ProgressTracker(Set<String> expectedTopics) {
    this.expectedTopics = Set.copyOf(expectedTopics);
  }

  /** Takes note of {@code progress}; what goes back, or is of another topic, is ignored. */
  public void observe(Progress progress) {
    if (!expectedTopics.contains(progress.getTopic())) {
      return;
    }
    partitions.merge(progress.getTopic(), progress.getPartitions(), Math::max);
    through
        .computeIfAbsent(progress.getTopic(), t -> new TreeMap<>())
        .merge(progress.getPartition(), progress.getThroughMillis(), Math::max);
    watermarkMillis = Math.max(watermarkMillis, minimum());
  }

  /** Epoch milliseconds, or {@link #UNKNOWN}. Never goes back. */
  public long watermarkMillis() {
    return watermarkMillis;
  }

  /** Everything heard, so that another tracker can be told. */
  public List<Progress> heard() {
    List<Progress> heard = new ArrayList<>();
    through.forEach(
        (topic, byPartition) ->
            byPartition.forEach(
                (partition, millis) ->
                    heard.add(
                        Progress.newBuilder()
                            .setTopic(topic)
                            .setPartition(partition)
                            .setPartitions(partitions.getOrDefault(topic, 0))
                            .setThroughMillis(millis)
                            .build())));
    return heard;
  }

  private long minimum() {
    long minimum = Long.MAX_VALUE;
    for (String topic : expectedTopics) {
      Integer expected = partitions.get(topic);
      if (expected == null) {
        return UNKNOWN;
      }
      // A topic that does not exist has no partitions: nothing to wait for.
      Map<Integer, Long> heard = through.getOrDefault(topic, Map.of());
      for (int partition = 0; partition < expected; partition++) {
        Long millis = heard.get(partition);
        if (millis == null) {
          return UNKNOWN;
        }
        minimum = Math.min(minimum, millis);
      }
    }
    return minimum == Long.MAX_VALUE ? latestHeard() : minimum;
  }

  /** Time where no expected topic exists: it still passes. */
  private long latestHeard() {
    return through.values().stream()
        .flatMap(byPartition -> byPartition.values().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(UNKNOWN);
  }
}
