// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.model.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts records on the topics, and waits until they stand there, whatever the broker goes through.
 */
final class Delivery implements AutoCloseable {
  static final int PARTITIONS = 4;

  /** Marks a record that is no OTLP. */
  static final String POISON = "chaos-poison";

  private static final int PATIENCE_MILLIS = 120_000;

  private final KafkaProducer<byte[], byte[]> producer;

  Delivery(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when all records are acknowledged. */
  void send(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    producer.flush();
    for (Future<?> acknowledged : sent) {
      try {
        acknowledged.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a record was not delivered", e);
      }
    }
  }

  static ProducerRecord<byte[], byte[]> record(
      Batches.Message message, int partition, long appendMillis) {
    return new ProducerRecord<>(message.topic(), partition, appendMillis, null, message.value());
  }

  /** A record that cannot be read, with a key and a header of its own. */
  static ProducerRecord<byte[], byte[]> poison(
      byte[] garbage, int number, int partition, long appendMillis) {
    String topic = Topics.otlp().get(number % Topics.otlp().size());
    byte[] key = new byte[] {(byte) number, (byte) (number >> 8)};
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, appendMillis, key, garbage);
    record.headers().add(POISON, key);
    return record;
  }

  @Override
  public void close() {
    producer.close();
  }
}
