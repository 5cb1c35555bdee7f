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
 * @param partitions number of partitions at creation; 0 is the same as 1
 * @param fixed whether an existing topic with another number is refused, because a change would
 *     part what belongs together
 * @param settings topic settings for the creation; those of an existing topic are left alone
 */
public record TopicSpec(String name, int partitions, boolean fixed, Map<String, String> settings) {
  /** Largest record, compressed, on a topic that only pkgslo writes. */
  public static final int LARGEST_RECORD_BYTES = 64 << 20;

  public TopicSpec {
    if (name.isBlank() || partitions < 0) {
      throw new IllegalArgumentException("topic '" + name + "' with " + partitions + " partitions");
    }
    settings = Map.copyOf(settings);
  }

  /** A topic of a fixed number of partitions, or with 0 of any. */
  public TopicSpec(String name, int partitions, Map<String, String> settings) {
    this(name, partitions, partitions != 0, settings);
  }

  /** A topic of somebody else: any number of partitions is welcome. */
  public static TopicSpec suggested(String name, int partitions) {
    return new TopicSpec(name, partitions, false, Map.of());
  }

  /** A log that is kept for a time. */
  public static TopicSpec retained(String name, int partitions, Duration retention) {
    return new TopicSpec(
        name,
        partitions,
        Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
  }

  /**
   * The same topic, for records of any size that our stages make: a limit of the brokers' that one
   * record exceeds would hold its partition for ever.
   */
  TopicSpec withLargeRecords() {
    Map<String, String> larger = new HashMap<>(settings);
    larger.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD_BYTES));
    return new TopicSpec(name, partitions, fixed, larger);
  }

  /** A log that is never cut. */
  public static TopicSpec kept(String name, int partitions) {
    return new TopicSpec(name, partitions, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
  }

  /**
   * The same topic, where what a later value of its key replaced can be read for a time: for
   * readers that need to know what was valid then.
   */
  TopicSpec withHistory(Duration readable) {
    Map<String, String> longer = new HashMap<>(settings);
    longer.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(readable.toMillis()));
    return new TopicSpec(name, partitions, fixed, longer);
  }

  /** The latest value per key. */
  public static TopicSpec compacted(String name, int partitions) {
    return new TopicSpec(
        name,
        partitions,
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }
}
