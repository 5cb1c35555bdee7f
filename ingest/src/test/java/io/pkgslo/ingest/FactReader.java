// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything committed on the topics of facts and dead letters, from the start. */
final class FactReader implements AutoCloseable {
  /** A block and where it stood. */
  record At<T>(int partition, T block) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  final List<At<SpanBlock>> spans = new ArrayList<>();
  final List<At<LogBlock>> logs = new ArrayList<>();
  final List<At<ProcessBlock>> processes = new ArrayList<>();
  final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

  FactReader(String bootstrap) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes what came since the last call. */
  void poll() {
    if (consumer.assignment().isEmpty() && !assign()) {
      return;
    }
    consumer.poll(Duration.ofMillis(100)).forEach(this::add);
  }

  /** False while topics are missing. */
  private boolean assign() {
    List<TopicPartition> partitions = new ArrayList<>();
    List<String> topics = new ArrayList<>(List.of(Topics.SPANS, Topics.LOGS, Topics.PROCESS));
    Topics.otlp().forEach(topic -> topics.add(Topics.deadLetterOf(topic)));
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found.isEmpty()) {
        return false;
      }
      for (PartitionInfo partition : found) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    consumer.assign(partitions);
    return true;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      switch (record.topic()) {
        case Topics.SPANS ->
            spans.add(new At<>(record.partition(), SpanBlock.parseFrom(record.value())));
        case Topics.LOGS ->
            logs.add(new At<>(record.partition(), LogBlock.parseFrom(record.value())));
        case Topics.PROCESS ->
            processes.add(new At<>(record.partition(), ProcessBlock.parseFrom(record.value())));
        default -> deadLetters.add(record);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(record.topic() + " holds what is no block", e);
    }
  }

  int spanCount() {
    return spans.stream().mapToInt(at -> at.block().getSpanIdCount()).sum();
  }

  /** Ids of all spans, each once. */
  Set<Long> spanIds() {
    Set<Long> ids = new HashSet<>();
    spans.forEach(at -> ids.addAll(at.block().getSpanIdList()));
    return ids;
  }

  /** Highest progress of a source topic, by partition of the fact topic. */
  Map<Integer, Long> progress(String factTopic, String source) {
    return progress(factTopic, entry -> entry.getTopic().equals(source));
  }

  /** Highest progress of one source partition, by partition of the fact topic. */
  Map<Integer, Long> progress(String factTopic, String source, int partition) {
    return progress(
        factTopic, entry -> entry.getTopic().equals(source) && entry.getPartition() == partition);
  }

  private Map<Integer, Long> progress(String factTopic, Predicate<Progress> wanted) {
    Map<Integer, Long> through = new HashMap<>();
    switch (factTopic) {
      case Topics.SPANS ->
          spans.forEach(at -> merge(through, at.partition(), at.block().getProgressList(), wanted));
      case Topics.LOGS ->
          logs.forEach(at -> merge(through, at.partition(), at.block().getProgressList(), wanted));
      default ->
          processes.forEach(
              at -> merge(through, at.partition(), at.block().getProgressList(), wanted));
    }
    return through;
  }

  private static void merge(
      Map<Integer, Long> through,
      int partition,
      List<Progress> entries,
      Predicate<Progress> wanted) {
    entries.stream()
        .filter(wanted)
        .forEach(entry -> through.merge(partition, entry.getThroughMillis(), Math::max));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
