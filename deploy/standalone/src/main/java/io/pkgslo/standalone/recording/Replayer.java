// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicSpec;
import io.pkgslo.standalone.recording.RecordingMetadata.RecordedTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording to a cluster: recorded keys, headers and partitions, times shifted, in the
 * recorded order per partition. Topics that are missing are created with the recorded number of
 * partitions.
 *
 * <p>Within one replay nothing is doubled (the producer is idempotent); a replay that was cut off
 * starts over, and its readers absorb the duplicates.
 */
public final class Replayer {
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);
  private static final int BATCH_BYTES = 256 * 1024;
  private static final long BUFFER_BYTES = 16L * 1024 * 1024;
  private static final int PROGRESS_EVERY = 50;

  private final KafkaSettings kafka;

  public Replayer(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** Told from time to time how far a replay has come, and once at its end. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param sent records handed to Kafka so far
     * @param total records in the recording
     */
    void replayed(long sent, long total);
  }

  /**
   * Replays all of {@code recording} and returns when Kafka has acknowledged every record.
   *
   * @return the number of records
   * @throws IOException if the recording is damaged, or Kafka did not take a record
   */
  public long replay(RecordingReader recording, TimeShift shift, Progress progress)
      throws IOException {
    RecordingMetadata metadata = recording.metadata();
    List<TopicSpec> topics =
        metadata.topics().stream()
            .map(t -> new TopicSpec(t.name(), t.partitions(), Map.of()))
            .toList();
    new TopicAdmin(kafka, KAFKA_TIMEOUT).ensure(topics);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long sent = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(settings()), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (RecordedMessage message = recording.next();
          message != null && failure.get() == null;
          message = recording.next()) {
        Future<RecordMetadata> unused =
            producer.send(
                record(metadata, message, shift),
                (acknowledged, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
        if (++sent % PROGRESS_EVERY == 0) {
          progress.replayed(sent, metadata.records());
        }
      }
      producer.flush();
    }
    Exception first = failure.get();
    if (first != null) {
      throw new IOException("Kafka did not take a record: " + first.getMessage(), first);
    }
    progress.replayed(sent, metadata.records());
    return sent;
  }

  private static ProducerRecord<byte[], byte[]> record(
      RecordingMetadata metadata, RecordedMessage message, TimeShift shift) {
    RecordedTopic topic = metadata.topics().get(message.topic());
    byte[] value = message.value();
    List<Header> headers =
        message.headers().stream().<Header>map(h -> new RecordHeader(h.key(), h.value())).toList();
    return new ProducerRecord<>(
        topic.name(),
        message.partition(),
        Math.max(0, message.timestampMillis() + shift.millis()),
        message.key(),
        value == null ? null : shift.apply(topic.name(), value),
        headers);
  }

  private static Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.LINGER_MS_CONFIG,
        5,
        ProducerConfig.BATCH_SIZE_CONFIG,
        BATCH_BYTES,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        BUFFER_BYTES,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "lz4");
  }
}
