// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import io.pkgslo.platform.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The dead letters of a cluster, as they stood when this was opened. Single-threaded. */
public final class DeadLetters implements AutoCloseable {
  /** Keeps what was sent again; it has no members. */
  private static final String GROUP = "pkgslo-dlq";

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int CALL_MILLIS = 15_000;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Takes letters in their order. */
  public interface Visitor {
    /**
     * @param replayed whether it was sent again
     * @return false to end
     */
    boolean visit(DeadLetter letter, boolean replayed);
  }

  /**
   * @throws org.apache.kafka.common.KafkaException when settings make no sense
   */
  public DeadLetters(KafkaSettings kafka) {
    Map<String, Object> own = new HashMap<>();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
    consumer =
        new KafkaConsumer<>(
            kafka.with(own), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Partitions of the topics that a filter takes, in order. */
  List<TopicPartition> partitions(LetterFilter filter) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Map.Entry<String, List<PartitionInfo>> topic :
        consumer.listTopics(CALL_TIMEOUT).entrySet()) {
      if (filter.takesTopic(topic.getKey())) {
        topic.getValue().forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
      }
    }
    partitions.sort(
        Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    return partitions;
  }

  /** The group whose offsets are the notes; nobody is a member of it. */
  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /** What of each partition was sent again. */
  Map<TopicPartition, Replayed> replayed(List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(partitions), CALL_TIMEOUT);
    Map<TopicPartition, Replayed> replayed = new HashMap<>();
    partitions.forEach(p -> replayed.put(p, Replayed.of(committed.get(p))));
    return replayed;
  }

  /** Shows the letters that a filter takes. */
  public void visit(LetterFilter filter, Visitor visitor) {
    List<TopicPartition> partitions = partitions(filter);
    Map<TopicPartition, Replayed> replayed = replayed(partitions);
    long[] left = {filter.limit()};
    for (TopicPartition partition : partitions) {
      Replayed before = replayed.getOrDefault(partition, Replayed.of(null));
      boolean goOn =
          read(
              partition,
              0,
              letter ->
                  !filter.takes(letter)
                      || (left[0]-- > 0
                          && visitor.visit(letter, before.contains(letter.place().offset()))));
      if (!goOn || left[0] <= 0) {
        return;
      }
    }
  }

  /** The letter at a place; null when there is none. */
  public @Nullable DeadLetter at(LetterPlace place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    if (!place.topic().endsWith(LetterFilter.SUFFIX)
        || !partitions(new LetterFilter(Set.of(place.topic()), Set.of(), 1)).contains(partition)) {
      return null;
    }
    List<DeadLetter> found = new ArrayList<>();
    read(
        partition,
        place.offset(),
        letter -> {
          if (letter.place().equals(place)) {
            found.add(letter);
          }
          return false;
        });
    return found.isEmpty() ? null : found.get(0);
  }

  /** Whether the letter at a place was sent again. */
  public boolean isReplayed(LetterPlace place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    return replayed(List.of(partition))
        .getOrDefault(partition, Replayed.of(null))
        .contains(place.offset());
  }

  /** Takes letters in their order. */
  interface Reader {
    /** Returns false to end. */
    boolean read(DeadLetter letter);
  }

  /**
   * Reads what stands in a partition now.
   *
   * @param fromOffset the first one, or the first that is kept
   * @return false when the reader ended it
   */
  boolean read(TopicPartition partition, long fromOffset, Reader reader) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long end = consumer.endOffsets(one, CALL_TIMEOUT).getOrDefault(partition, 0L);
    long first = consumer.beginningOffsets(one, CALL_TIMEOUT).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(first, fromOffset));
    while (consumer.position(partition, CALL_TIMEOUT) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= end) {
          return true;
        }
        if (!reader.read(new DeadLetter(record))) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
