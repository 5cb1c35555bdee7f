// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain clients, as a service would use them. */
final class TestClients {
  private static final int POLLS = 150;

  private TestClients() {}

  static void writeCommitted(String bootstrap, String topic, List<String> values) {
    write(bootstrap, topic, values, true);
  }

  static void writeAborted(String bootstrap, String topic, List<String> values) {
    write(bootstrap, topic, values, false);
  }

  static void writeAt(String bootstrap, String topic, long epochMillis, String value) {
    try (KafkaProducer<String, String> producer =
        producer(Map.of("bootstrap.servers", bootstrap))) {
      producer.send(new ProducerRecord<>(topic, 0, epochMillis, null, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads from the beginning in a new group until {@code expected} values came, or time is up. */
  static List<String> readCommitted(String bootstrap, String topic, int expected) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      for (int i = 0; i < POLLS && values.size() < expected; i++) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
      }
      consumer.commitSync();
    }
    return values;
  }

  private static void write(String bootstrap, String topic, List<String> values, boolean commit) {
    try (KafkaProducer<String, String> producer =
        producer(Map.of("bootstrap.servers", bootstrap, "transactional.id", "test"))) {
      producer.initTransactions();
      producer.beginTransaction();
      values.forEach(v -> producer.send(new ProducerRecord<>(topic, v)));
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }
}
