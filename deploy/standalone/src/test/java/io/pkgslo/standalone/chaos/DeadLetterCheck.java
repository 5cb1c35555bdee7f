// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every record that is no OTLP stands among the dead letters once, unchanged, and nothing else. */
final class DeadLetterCheck {
  private final String bootstrapServers;

  DeadLetterCheck(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  void assertComplete(int poison) {
    int all = 0;
    for (String topic : Topics.otlp()) {
      List<String> poisoned = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
        if (record.headers().lastHeader(Delivery.POISON) != null) {
          poisoned.add(
              record.topic() + "-" + record.partition() + "@" + record.offset() + text(record));
        }
      }
      List<String> letters = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> letter : read(Topics.deadLetterOf(topic))) {
        letters.add(
            header(letter, "pkgslo.dlq.topic")
                + "-"
                + header(letter, "pkgslo.dlq.partition")
                + "@"
                + header(letter, "pkgslo.dlq.offset")
                + text(letter));
      }
      assertThat(letters)
          .as("dead letters of %s", topic)
          .containsExactlyInAnyOrderElementsOf(poisoned);
      all += letters.size();
    }
    assertThat(all).as("dead letters").isEqualTo(poison);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    HexFormat hex = HexFormat.of();
    return " " + hex.formatHex(record.key()) + " " + hex.formatHex(record.value());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
