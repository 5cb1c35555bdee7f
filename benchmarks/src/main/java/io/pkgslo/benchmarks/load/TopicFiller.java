// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills {@code otlp_spans} with copies of some records: fresh ids in every copy, event times that
 * follow the record times, and record times that end a little before the present, as a backlog of
 * {@link #SPANS_PER_SECOND} looks that is read late.
 */
public final class TopicFiller {
  /** How dense the backlog is in time; it decides how many spans share a bucket. */
  public static final int SPANS_PER_SECOND = 50_000;

  private static final long END_BEFORE_NOW_MILLIS = 15_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int BATCH_BYTES = 1 << 20;
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaSettings kafka;
  private final Clock clock;

  public TopicFiller(KafkaSettings kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * What stands on the topic.
   *
   * @param bytes of the values, uncompressed
   */
  public record Filled(long records, long spans, long bytes) {}

  /**
   * Creates the topic and writes at least {@code spans} spans.
   *
   * @param compression as Kafka names it
   * @throws IOException if a record is no trace message, or Kafka did not take one
   */
  public Filled fill(List<byte[]> records, long spans, int partitions, String compression)
      throws IOException {
    List<SpanStamps> templates = new ArrayList<>();
    for (byte[] record : records) {
      templates.add(SpanStamps.of(record));
    }
    TopicSpec topic =
        new TopicSpec(
            Topics.OTLP_SPANS, partitions, Map.of("max.message.bytes", Integer.toString(8 << 20)));
    new TopicAdmin(kafka, KAFKA_TIMEOUT).ensure(List.of(topic));
    AtomicReference<Exception> failure = new AtomicReference<>();
    Filled filled;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(settings(compression)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      filled = fill(templates, spans, partitions, producer, failure);
    }
    Exception first = failure.get();
    if (first != null) {
      throw new IOException("Kafka did not take a record: " + first.getMessage(), first);
    }
    return filled;
  }

  private Filled fill(
      List<SpanStamps> templates,
      long wanted,
      int partitions,
      KafkaProducer<byte[], byte[]> producer,
      AtomicReference<Exception> failure) {
    long startMillis = clock.millis() - END_BEFORE_NOW_MILLIS - wanted * 1_000 / SPANS_PER_SECOND;
    long records = 0;
    long spans = 0;
    long bytes = 0;
    for (long copy = 1; spans < wanted && failure.get() == null; copy++) {
      long mask = mix(copy);
      for (SpanStamps template : templates) {
        if (spans >= wanted) {
          break;
        }
        long millis = startMillis + spans * 1_000 / SPANS_PER_SECOND;
        long shift = millis * NANOS_PER_MILLI - template.latestEndNanos();
        byte[] value = template.copy(mask, shift);
        int partition = (int) (records % partitions);
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(Topics.OTLP_SPANS, partition, millis, null, value),
                (acknowledged, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
        records++;
        spans += template.spans();
        bytes += value.length;
      }
    }
    producer.flush();
    return new Filled(records, spans, bytes);
  }

  /** Finaliser of MurmurHash3 (public domain): different copies have different masks. */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  private static Map<String, Object> settings(String compression) {
    return Map.of(
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.LINGER_MS_CONFIG,
        5,
        ProducerConfig.BATCH_SIZE_CONFIG,
        BATCH_BYTES,
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        8 << 20,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        compression);
  }
}
