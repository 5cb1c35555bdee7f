// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.ReaderAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Told} on the compacted topic pkgslo.told, by rollout, in the partition in which its
 * verdicts are: whoever gets a partition of verdicts reads the same one here.
 */
final class ToldStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ToldStore.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = RolloutJson.mapper();

  private final KafkaSettings kafka;
  private final ReaderAccounts accounts;
  private final KafkaProducer<byte[], byte[]> producer;

  ToldStore(KafkaSettings kafka, ReaderAccounts accounts) {
    this.kafka = kafka;
    this.accounts = accounts;
    this.producer =
        new KafkaProducer<>(
            kafka.with(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Returns when all of it is kept.
   *
   * @param changes by rollout; null for one that is over
   * @param partitions of each rollout's verdicts
   * @throws IllegalStateException if it cannot be kept
   */
  void keep(Map<String, @Nullable Told> changes, Map<String, Integer> partitions) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    changes.forEach(
        (rollout, told) ->
            sent.add(
                producer.send(
                    new ProducerRecord<>(
                        Topics.TOLD,
                        partitions.get(rollout),
                        rollout.getBytes(StandardCharsets.UTF_8),
                        bytes(told)))));
    try {
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("what was told cannot be kept", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static byte @Nullable [] bytes(@Nullable Told told) {
    try {
      return told == null ? null : JSON.writeValueAsBytes(told);
    } catch (IOException e) {
      throw new IllegalStateException("what was told cannot be written", e);
    }
  }

  /** What stands in some partitions now, by rollout. */
  Map<String, Told> read(Collection<Integer> partitions) {
    List<TopicPartition> wanted =
        partitions.stream().map(partition -> new TopicPartition(Topics.TOLD, partition)).toList();
    Map<String, Told> told = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(wanted);
      consumer.seekToBeginning(wanted);
      Map<TopicPartition, Long> ends = consumer.endOffsets(wanted);
      while (wanted.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          read(record, told);
        }
      }
    }
    return told;
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Map<String, Told> told) {
    accounts.received(record.topic());
    String rollout = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      told.remove(rollout);
      return;
    }
    try {
      told.put(rollout, JSON.readValue(record.value(), Told.class));
    } catch (IOException e) {
      accounts.dropped(record.topic(), VerdictConsumer.UNREADABLE);
      LOG.warnf(
          "%s-%d@%d is skipped: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
