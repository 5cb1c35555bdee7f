// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.model.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** The yardstick: polls records, with ingest's fetch sizes, and does nothing with them. */
final class BareRole {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long INTERVAL_MILLIS = 5;

  private final RoleArguments arguments;
  private final AtomicLong records = new AtomicLong();

  BareRole(RoleArguments arguments) {
    this.arguments = arguments;
  }

  Measurement run() throws InterruptedException {
    Thread reader = new Thread(this::read, "bare");
    reader.setDaemon(true);
    reader.start();
    System.out.println(RoleMain.READY);
    return new Sampler(this::spans, () -> 0, INTERVAL_MILLIS)
        .watch(arguments.warmSpans(), arguments.spans(), PATIENCE_MILLIS);
  }

  private long spans() {
    long done = records.get();
    return done == arguments.records()
        ? arguments.spans()
        : Math.round((double) done / arguments.records() * arguments.spans());
  }

  private void read() {
    if (arguments.role() == Role.BARE) {
      read(new ByteArrayDeserializer());
    } else {
      read(new ByteBufferDeserializer());
    }
  }

  private <T> void read(Deserializer<T> values) {
    try (KafkaConsumer<byte[], T> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.OTLP_SPANS).stream().map(BareRole::partition).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.get() < arguments.records()) {
        records.addAndGet(consumer.poll(POLL).count());
      }
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  /** What ingest sets, too, where it is about how much is fetched at once. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.bootstrap());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return settings;
  }
}
