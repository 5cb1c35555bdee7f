// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll brought, and where the consumer stood behind it: all that a transaction needs to
 * know of it, since the consumer may be polling again already.
 *
 * @param records none is normal
 * @param offsets behind the poll, of every assigned partition
 * @param lag what was asked behind the poll, or {@link Lag#NOT_ASKED}
 * @param partitionCounts of every source topic; 0 where the topic does not exist
 */
record SourceBatch(
    ConsumerRecords<byte[], ByteBuffer> records,
    Map<TopicPartition, OffsetAndMetadata> offsets,
    Lag lag,
    Map<String, Integer> partitionCounts) {
  /** A poll that brings less has taken what there was. */
  private static final long LARGE_BYTES = 1 << 20;

  /** Who keeps up reads what was appended a few tens of milliseconds ago. */
  private static final long BEHIND_MILLIS = 250;

  /**
   * @param askedMillis epoch milliseconds before the brokers were asked; 0 if they were not
   * @param caughtUp partitions that held nothing behind this batch when they were asked
   */
  record Lag(long askedMillis, Set<TopicPartition> caughtUp) {
    static final Lag NOT_ASKED = new Lag(0, Set.of());

    boolean wasAsked() {
      return askedMillis > 0;
    }
  }

  SourceBatch {
    offsets = Map.copyOf(offsets);
    partitionCounts = Map.copyOf(partitionCounts);
  }

  /**
   * Whether so much came, and so old, that more has piled up behind it. Of what is read as it comes
   * nobody should wait for more.
   */
  boolean isOfBacklog(long nowMillis) {
    long bytes = 0;
    for (ConsumerRecord<byte[], ByteBuffer> record : records) {
      if (record.timestamp() > nowMillis - BEHIND_MILLIS) {
        return false;
      }
      bytes += Math.max(0, record.serializedValueSize());
    }
    return bytes >= LARGE_BYTES;
  }
}
