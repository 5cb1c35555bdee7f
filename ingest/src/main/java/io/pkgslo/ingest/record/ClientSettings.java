// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.platform.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Settings of our Kafka clients. What exactly-once rests on is set last, over whatever the user
 * set; the rest are defaults that the user may change.
 */
final class ClientSettings {
  /** How long a killed instance may hold readers of committed data back. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration MAX_BLOCK = Duration.ofSeconds(5);
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);
  private static final int FETCH_MAX_BYTES = 32 << 20;
  private static final int PARTITION_FETCH_BYTES = 4 << 20;
  private static final int SMALLEST_FETCH_BYTES = 1 << 20;

  /** What is fetched is several times as large once it is decompressed, and all of it at once. */
  private static final int FETCH_SHARE_OF_HEAP = 64;

  private static final int PARTITION_SHARE_OF_HEAP = 2 * FETCH_SHARE_OF_HEAP;
  private static final int FETCH_MIN_BYTES = 256 << 10;
  private static final int FETCH_WAIT_MILLIS = 50;
  private static final int MAX_POLL_RECORDS = 2_000;

  /** More than a block: only what fits into it gets a buffer that is used again. */
  private static final int BATCH_BYTES = 768 << 10;

  /** A dead letter is as large as what came in, and that may exceed the default of 1 MiB. */
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 128 << 20;

  private ClientSettings() {}

  static Properties consumer(KafkaSettings kafka, String group) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put(
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes(FETCH_MAX_BYTES, FETCH_SHARE_OF_HEAP));
    defaults.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        fetchBytes(PARTITION_FETCH_BYTES, PARTITION_SHARE_OF_HEAP));
    // Fewer, larger transactions under load, and at most this much latency without.
    defaults.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
    defaults.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    defaults.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION_TIMEOUT));
    defaults.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(HEARTBEAT));
    defaults.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis(RECONNECT_MAX));
    defaults.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    Properties properties = kafka.with(defaults);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where to start is decided, and what was lost is counted, by SourceReader.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class.getName());
    return properties;
  }

  static Properties producer(KafkaSettings kafka, String transactionalId) {
    Map<String, Object> defaults = new HashMap<>();
    // Half of a block is random ids: see RATIONALE.md for what compressing the rest costs.
    defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    defaults.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    defaults.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    defaults.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    defaults.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis(RECONNECT_MAX));
    defaults.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
    defaults.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(DELIVERY_TIMEOUT));
    defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(MAX_BLOCK));
    defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION_TIMEOUT));
    Properties properties = kafka.with(defaults);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return properties;
  }

  private static int fetchBytes(int most, int shareOfHeap) {
    long held = Runtime.getRuntime().maxMemory() / shareOfHeap;
    return (int) Math.max(SMALLEST_FETCH_BYTES, Math.min(most, held));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
