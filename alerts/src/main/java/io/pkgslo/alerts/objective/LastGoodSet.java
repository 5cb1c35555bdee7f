// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.openslo.OpenSloWriter;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The objectives of files that were in force last, as one record of OpenSLO on a compacted topic: a
 * start on broken files goes on with them. What the analyzer reads would not do, since it has no
 * tiers, runbooks or objectives over other metrics. For one thread.
 */
public final class LastGoodSet {
  private static final Logger LOG = Logger.getLogger(LastGoodSet.class);
  private static final TopicPartition TOPIC = new TopicPartition(Topics.OBJECTIVE_FILES, 0);
  private static final TopicPartition OBJECTIVES = new TopicPartition(Topics.OBJECTIVES, 0);
  private static final byte[] KEY = "set".getBytes(StandardCharsets.UTF_8);
  private static final int CALL_MILLIS = 30_000;

  private final KafkaSettings kafka;
  private @Nullable String kept;

  public LastGoodSet(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What was kept last, without the built-in objectives; null when nothing was ever published.
   *
   * @throws IllegalStateException when there are objectives, but no set that this version reads:
   *     with the built-in ones in their place, all that was counted for them would end
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  public @Nullable List<Slo> read() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      String text = text(consumer);
      if (text != null) {
        Objectives read = ObjectiveFiles.written(text);
        if (read.isValid()) {
          return read.slos();
        }
        LOG.errorf("%s cannot be read:%n%s", Topics.OBJECTIVE_FILES, read.report());
      }
      if (end(consumer, OBJECTIVES) > 0) {
        throw new IllegalStateException(
            "the objective files are not valid, and "
                + Topics.OBJECTIVE_FILES
                + " has no set of this version to go on with");
      }
      return null;
    }
  }

  /**
   * Keeps {@code active}; the same set is written once.
   *
   * @throws IllegalStateException when Kafka does not take it
   */
  void keep(List<Slo> active) {
    String text = OpenSloWriter.write(ActiveObjectives.ofFiles(active));
    if (kept == null) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        kept = text(consumer);
      }
    }
    if (!text.equals(kept)) {
      send(packed(text));
      kept = text;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties settings =
        kafka.with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CALL_MILLIS));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static @Nullable String text(KafkaConsumer<byte[], byte[]> consumer) {
    long end = end(consumer, TOPIC);
    byte[] last = null;
    if (end > 0) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      while (consumer.position(TOPIC) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          last = record.value();
        }
      }
    }
    return last == null ? null : unpacked(last);
  }

  /** 0 where nothing was ever written, or the topic is not there yet. */
  private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition topic) {
    return consumer.listTopics().containsKey(topic.topic())
        ? consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L)
        : 0;
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no faults", e);
    }
    return bytes.toByteArray();
  }

  /** Nobody but us writes there. */
  private static @Nullable String unpacked(byte[] value) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(value))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.errorf("%s has a record that cannot be read: %s", Topics.OBJECTIVE_FILES, e);
      return null;
    }
  }

  private void send(byte[] value) {
    Properties settings =
        kafka.with(
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                TopicSpec.LARGEST_RECORD_BYTES));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPIC.topic(), TOPIC.partition(), KEY, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("objective files were not kept: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keeping objective files", e);
    }
  }
}
