// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the close of a look to its verdict, as a consumer sees it. The timestamp of a verdict is
 * that of the record with which the analyzer said that the minute is closed; a record of the ledger
 * is committed in the same transaction as its verdict.
 */
final class VerdictTimes implements Runnable, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Percentiles times = new Percentiles();
  private final Thread thread = new Thread(this, "verdict-times");

  VerdictTimes(String kafka, Clock clock) {
    this.clock = clock;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.VERDICTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (WakeupException | InterruptException e) {
      // Closed.
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (!key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
      times.add((clock.millis() - record.timestamp()) * 1000);
    }
  }

  Percentiles times() {
    return times;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
