// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the compacted topic pkgslo.objectives to a set of objectives: what is new or changed is
 * written, what is gone gets a tombstone, what stands there already is left alone, so that a
 * restart changes nothing.
 */
public final class ObjectivePublisher {
  private static final long LEAD_MILLIS = 30_000;
  private static final long BUCKET_MILLIS = 10_000;
  private static final TopicPartition TOPIC = new TopicPartition(Topics.OBJECTIVES, 0);

  private final KafkaSettings kafka;
  private final Clock clock;
  private final MetricBuckets buckets;
  private final LastGoodSet lastGood;

  public ObjectivePublisher(KafkaSettings kafka, MetricBuckets buckets, Clock clock) {
    this.kafka = kafka;
    this.buckets = buckets;
    this.clock = clock;
    this.lastGood = new LastGoodSet(kafka);
  }

  /**
   * Publishes {@code slos}. The first set of an empty topic is valid for all of time, so that old
   * records are judged too; later changes begin at least 30 s ahead, on a bucket bound. So does
   * what has a selector, always: ingest has to know it before it reads the first item.
   *
   * @throws IllegalStateException when Kafka does not take it
   */
  public void publish(List<Slo> slos) {
    Map<String, Objective> present = read();
    boolean first = present.isEmpty();
    List<ProducerRecord<byte[], byte[]>> changes = new ArrayList<>();
    for (Slo slo : slos) {
      if (!(slo.source() instanceof PackageSli source)) {
        continue; // Prometheus alone counts it.
      }
      PackageSli counted = buckets.of(source);
      Objective former = present.remove(slo.id());
      if (former == null || !sameTerms(former, slo, counted)) {
        long effectiveFrom = first && !counted.isSelected() ? 0 : nextBound();
        Objective wire = ObjectiveWire.of(slo, counted, effectiveFrom, clock.instant());
        changes.add(record(slo.id(), wire.toByteArray()));
      }
    }
    for (String gone : present.keySet()) {
      changes.add(record(gone, null));
    }
    if (!changes.isEmpty()) {
      send(changes);
    }
    lastGood.keep(slos);
  }

  private boolean sameTerms(Objective former, Slo slo, PackageSli counted) {
    return ObjectiveWire.of(slo, counted, former.getEffectiveFromMillis(), clock.instant())
        .equals(former);
  }

  private long nextBound() {
    return (clock.millis() + LEAD_MILLIS) / BUCKET_MILLIS * BUCKET_MILLIS + BUCKET_MILLIS;
  }

  private static ProducerRecord<byte[], byte[]> record(String id, byte @Nullable [] value) {
    return new ProducerRecord<>(Topics.OBJECTIVES, 0, id.getBytes(StandardCharsets.UTF_8), value);
  }

  private Map<String, Objective> read() {
    Properties settings =
        kafka.with(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
      Map<String, Objective> present = new HashMap<>();
      while (consumer.position(TOPIC) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          apply(record, present);
        }
      }
      return present;
    }
  }

  private static void apply(ConsumerRecord<byte[], byte[]> record, Map<String, Objective> present) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      present.remove(id);
      return;
    }
    try {
      present.put(id, Objective.parseFrom(record.value()));
    } catch (InvalidProtocolBufferException e) {
      // Nobody but us writes here; what cannot be read is written anew.
      present.put(id, Objective.getDefaultInstance());
    }
  }

  private void send(List<ProducerRecord<byte[], byte[]>> changes) {
    Properties settings = kafka.with(Map.of(ProducerConfig.ACKS_CONFIG, "all"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      changes.forEach(change -> sent.add(producer.send(change)));
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("objectives were not published: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing objectives", e);
    }
  }
}
