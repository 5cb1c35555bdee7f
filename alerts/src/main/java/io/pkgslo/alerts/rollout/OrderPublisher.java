// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes orders to pkgslo.overrides, in the partition of their service. Thread-safe. */
public final class OrderPublisher implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Kafka wants it to be shorter than all attempts together. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);

  private final KafkaSettings kafka;
  private final int partitions;
  private @Nullable KafkaProducer<String, byte[]> producer;

  /**
   * @param partitions of the topic
   */
  public OrderPublisher(KafkaSettings kafka, int partitions) {
    this.kafka = kafka;
    this.partitions = partitions;
  }

  /**
   * Returns when the order is stored; it takes effect within moments.
   *
   * @throws IOException when Kafka did not take it in time: then it may take effect or not, and can
   *     be given again
   */
  public void publish(Order order) throws IOException {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.OVERRIDES,
            Partitions.ofService(order.service(), partitions),
            order.rollout() == null ? order.service() : order.rollout(),
            OrderCodec.encode(order));
    try {
      producer().send(record).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new IOException("the order was not stored: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the order was stored", e);
    }
  }

  /** Most installations never give an order, so nothing connects before the first one. */
  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              kafka.with(
                  Map.of(
                      ProducerConfig.ACKS_CONFIG,
                      "all",
                      ProducerConfig.MAX_BLOCK_MS_CONFIG,
                      (int) LIMIT.toMillis(),
                      ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                      (int) REQUEST_LIMIT.toMillis(),
                      ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                      (int) LIMIT.toMillis())),
              new StringSerializer(),
              new ByteArraySerializer());
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(LIMIT);
    }
  }
}
