// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
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
 * Fills a topic with copies of some records: fresh ids in every copy, event times that follow the
 * record times, and record times that end a little before the present, as a backlog looks that is
 * read late.
 */
public final class TopicFiller {
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
   * @param items spans, log records or metric points
   * @param marks see {@link RecordTemplate#marks}
   * @param bytes of the values, uncompressed
   */
  public record Filled(long records, long items, long marks, long bytes) {
    private Filled with(RecordTemplate template, int bytesOfCopy) {
      return new Filled(
          records + 1, items + template.items(), marks + template.marks(), bytes + bytesOfCopy);
    }
  }

  /**
   * How much is written.
   *
   * @param items at least so many
   * @param perSecond how dense the backlog is in time; it decides how many items share a bucket
   * @param compression as Kafka names it
   */
  public record Amount(long items, int perSecond, String compression) {}

  /**
   * Creates the topic, with one partition, and writes to it.
   *
   * @throws IOException if Kafka did not take a record
   */
  public Filled fill(String topic, List<RecordTemplate> templates, Amount amount)
      throws IOException {
    TopicSpec spec =
        new TopicSpec(topic, 1, Map.of("max.message.bytes", Integer.toString(8 << 20)));
    new TopicAdmin(kafka, KAFKA_TIMEOUT).ensure(List.of(spec));
    AtomicReference<Exception> failure = new AtomicReference<>();
    Filled filled;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(settings(amount.compression())),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      filled = fill(topic, templates, amount, producer, failure);
    }
    Exception first = failure.get();
    if (first != null) {
      throw new IOException("Kafka did not take a record: " + first.getMessage(), first);
    }
    return filled;
  }

  private Filled fill(
      String topic,
      List<RecordTemplate> templates,
      Amount amount,
      KafkaProducer<byte[], byte[]> producer,
      AtomicReference<Exception> failure) {
    long lasts = amount.items() * 1_000 / amount.perSecond();
    long startMillis = clock.millis() - END_BEFORE_NOW_MILLIS - lasts;
    Filled filled = new Filled(0, 0, 0, 0);
    for (long copy = 1; filled.items() < amount.items() && failure.get() == null; copy++) {
      long mask = mix(copy);
      for (RecordTemplate template : templates) {
        if (filled.items() >= amount.items()) {
          break;
        }
        long millis = startMillis + filled.items() * 1_000 / amount.perSecond();
        byte[] value = template.copy(mask, millis * NANOS_PER_MILLI - template.latestNanos());
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic, 0, millis, null, value),
                (acknowledged, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
        filled = filled.with(template, value.length);
      }
    }
    producer.flush();
    return filled;
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
