// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as a service needs it.
 *
 * @param name the topic
 * @param partitions number of partitions, fixed at creation: a later change would part what belongs
 *     together, so an existing topic with another number is refused; 0 accepts any number and
 *     creates one partition
 * @param settings topic settings for the creation; those of an existing topic are left alone
 */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {
  public TopicSpec {
    if (name.isBlank() || partitions < 0) {
      throw new IllegalArgumentException("topic '" + name + "' with " + partitions + " partitions");
    }
    settings = Map.copyOf(settings);
  }

  /** A log that is kept for a time. */
  public static TopicSpec retained(String name, int partitions, Duration retention) {
    return new TopicSpec(
        name,
        partitions,
        Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
  }

  /** A log that is never cut. */
  public static TopicSpec kept(String name, int partitions) {
    return new TopicSpec(name, partitions, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
  }

  /** The latest value per key. */
  public static TopicSpec compacted(String name, int partitions) {
    return new TopicSpec(
        name,
        partitions,
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** The same, with records of up to so many bytes. */
  public TopicSpec withRecordsUpTo(int bytes) {
    Map<String, String> larger = new HashMap<>(settings);
    larger.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    return new TopicSpec(name, partitions, larger);
  }
}
