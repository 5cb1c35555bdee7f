// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.testing.Accounts;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with source topics of two partitions, and pipelines on it. */
final class IngestBroker implements AutoCloseable {
  static final int PARTITIONS = 3;
  static final int SOURCE_PARTITIONS = 2;

  private final EmbeddedKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  IngestBroker(Path directory) {
    kafka = EmbeddedKafka.start(directory);
    Topics.otlp().forEach(topic -> kafka.createTopic(topic, SOURCE_PARTITIONS));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  /** Held to its account when the test is over. */
  IngestPipeline pipeline(String transactionalId, CollectorRegistry registry) {
    Accounts.watch(transactionalId, registry);
    return new IngestPipeline(
        new IngestSettings(
            new RecordSettings("ingest", transactionalId, 1, PARTITIONS, Duration.ofMillis(250), 3),
            DecodeLimits.DEFAULT,
            AttributeSettings.DEFAULT),
        KafkaSettings.of(kafka.bootstrapServers()),
        registry,
        Clock.systemUTC());
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  void send(String topic, byte[] value) {
    producer.send(new ProducerRecord<>(topic, value));
  }

  void flush() {
    producer.flush();
  }

  FactReader facts() {
    return new FactReader(kafka.bootstrapServers());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    kafka.close();
  }
}
