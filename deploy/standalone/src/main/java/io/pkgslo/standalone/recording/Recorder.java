// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.recording.RecordingMetadata.Expected;
import io.pkgslo.standalone.recording.RecordingMetadata.RecordedTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recording of everything that stands on some topics of a cluster when it starts.
 *
 * <p>Entries are in the order of their timestamps, and within a partition always in the order of
 * their offsets. The recording's times are the least and the greatest timestamp. The records pass
 * through a temporary file beside the target, so that memory does not grow with the recording.
 */
public final class Recorder {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaSettings kafka;

  public Recorder(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What a recording should say about itself.
   *
   * @param expected null if nobody knows
   */
  public record Title(String name, String description, @Nullable Expected expected) {}

  /**
   * Records {@code topics} into {@code target}, replacing a file that is there.
   *
   * @return what the recording says about itself
   * @throws IOException if a topic is missing or empty in all partitions, Kafka does not answer, or
   *     the file cannot be written
   */
  public RecordingMetadata record(List<String> topics, Title title, Path target)
      throws IOException {
    Path absolute = target.toAbsolutePath();
    Path unsorted = absolute.resolveSibling(absolute.getFileName() + ".unsorted");
    Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".part");
    try (Spool spool = Spool.create(unsorted);
        KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<RecordedTopic> recorded = partitions(consumer, topics);
      fill(spool, consumer, recorded);
      if (spool.size() == 0) {
        throw new IOException("nothing to record: " + String.join(", ", topics) + " are empty");
      }
      RecordingMetadata metadata =
          new RecordingMetadata(
              title.name(),
              title.description(),
              spool.firstMillis(),
              spool.lastMillis(),
              recorded,
              spool.size(),
              title.expected());
      try (RecordingWriter writer =
          new RecordingWriter(Files.newOutputStream(unfinished), metadata)) {
        spool.forEachInOrder(writer::write);
      }
      Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
      return metadata;
    } catch (KafkaException e) {
      throw new IOException(
          "Kafka at " + kafka.bootstrapServers() + " did not answer: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) KAFKA_TIMEOUT.toMillis());
    return new KafkaConsumer<>(
        kafka.with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<RecordedTopic> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<String> topics) throws IOException {
    Map<String, List<PartitionInfo>> existing = consumer.listTopics(KAFKA_TIMEOUT);
    List<RecordedTopic> recorded = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> partitions = existing.get(topic);
      if (partitions == null) {
        throw new IOException("there is no topic " + topic);
      }
      recorded.add(new RecordedTopic(topic, partitions.size()));
    }
    return recorded;
  }

  private static void fill(
      Spool spool, KafkaConsumer<byte[], byte[]> consumer, List<RecordedTopic> topics)
      throws IOException {
    Map<String, Integer> indexes = new HashMap<>();
    List<TopicPartition> partitions = new ArrayList<>();
    for (RecordedTopic topic : topics) {
      indexes.put(topic.name(), indexes.size());
      for (int partition = 0; partition < topic.partitions(); partition++) {
        partitions.add(new TopicPartition(topic.name(), partition));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!isAtEnd(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          spool.add(message(record, indexes.getOrDefault(record.topic(), 0)));
        }
      }
    }
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    Collection<Map.Entry<TopicPartition, Long>> open = ends.entrySet();
    // The position passes transaction markers, which no poll returns.
    return open.stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private static RecordedMessage message(ConsumerRecord<byte[], byte[]> record, int topic) {
    List<RecordedMessage.Header> headers = new ArrayList<>();
    record.headers().forEach(h -> headers.add(new RecordedMessage.Header(h.key(), h.value())));
    return new RecordedMessage(
        topic, record.partition(), record.timestamp(), record.key(), headers, record.value());
  }
}
