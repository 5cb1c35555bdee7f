// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each assigned source partition has been worked off, in append time: what was consumed,
 * and the wall clock where nothing is left to consume. What a transaction moved counts only once it
 * is committed. Mutable, single-threaded.
 */
final class ProgressTracker {
  /** Through no time at all. */
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<TopicPartition, Position> positions = new HashMap<>();

  private static final class Position {
    long committedMillis = NEVER;
    long pendingMillis = NEVER;

    void moveTo(long millis) {
      pendingMillis = Math.max(pendingMillis, millis);
    }
  }

  void assigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> positions.put(partition, new Position()));
  }

  void unassigned(Collection<TopicPartition> partitions) {
    partitions.forEach(positions::remove);
  }

  /** A record of the partition is in this transaction; others before it are too. */
  void consumed(TopicPartition partition, long appendedMillis) {
    Position position = positions.get(partition);
    if (position != null) {
      position.moveTo(appendedMillis);
    }
  }

  /** At {@code nowMillis} the partition held nothing that is not in this transaction or before. */
  void caughtUp(TopicPartition partition, long nowMillis) {
    consumed(partition, nowMillis);
  }

  /**
   * Progress that this transaction brings.
   *
   * @param partitionCounts of every source topic; 0 where the topic does not exist
   */
  ProgressReport report(Map<String, Integer> partitionCounts, long nowMillis) {
    List<Progress> moved = new ArrayList<>();
    positions.forEach(
        (partition, position) -> {
          int count = partitionCounts.getOrDefault(partition.topic(), 0);
          if (position.pendingMillis > position.committedMillis && count > 0) {
            moved.add(entry(partition.topic(), partition.partition(), count, position));
          }
        });
    partitionCounts.forEach(
        (topic, count) -> {
          if (count == 0) {
            moved.add(Progress.newBuilder().setTopic(topic).setThroughMillis(nowMillis).build());
          }
        });
    return new ProgressReport(moved);
  }

  private static Progress entry(String topic, int partition, int count, Position position) {
    return Progress.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setPartitions(count)
        .setThroughMillis(position.pendingMillis)
        .build();
  }

  void committed() {
    positions.values().forEach(position -> position.committedMillis = position.pendingMillis);
  }

  void aborted() {
    positions.values().forEach(position -> position.pendingMillis = position.committedMillis);
  }

  /** Lowest committed time over all assigned partitions; empty while no partition has one. */
  OptionalLong lowestCommittedMillis() {
    return positions.values().stream()
        .mapToLong(position -> position.committedMillis)
        .filter(millis -> millis != NEVER)
        .min();
  }
}
