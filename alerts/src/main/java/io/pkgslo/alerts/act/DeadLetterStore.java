// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Dead letters on {@code pkgslo.undelivered}: the body as it was to be sent, under its idempotency
 * key, with target and reason as headers. The host of the target only: the rest of an address may
 * be a secret.
 */
final class DeadLetterStore implements DeadLetters, AutoCloseable {
  /** Whoever keeps something waits until it is kept; here is nothing to wait for. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaProducer<byte[], byte[]> producer;

  DeadLetterStore(KafkaSettings kafka) {
    this.producer =
        new KafkaProducer<>(
            kafka.with(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void keep(Notice notice, String reason) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.UNDELIVERED, bytes(notice.idempotencyKey()), notice.bytes());
    record.headers().add("stage", bytes("act"));
    record.headers().add("reason", bytes(reason));
    record.headers().add("target", bytes(notice.target().getHost()));
    record.headers().add("event", bytes(notice.event()));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a dead letter cannot be kept", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
