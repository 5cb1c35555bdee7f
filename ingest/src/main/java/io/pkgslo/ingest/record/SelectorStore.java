// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * What the objectives select, read from their topic by a thread of its own, from the beginning and
 * for as long as the service lives. Objectives with selectors are written ahead of their time, so a
 * selector is known before the first item that it is for. Thread-safe.
 */
public final class SelectorStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SelectorStore.class);
  private static final TopicPartition TOPIC = new TopicPartition(Topics.OBJECTIVES, 0);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long RETRY_SECONDS = 1;
  private static final int CALL_MILLIS = 10_000;

  private final KafkaSettings kafka;
  private final Thread thread = new Thread(this::run, "pkgslo-selectors");
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean started;
  private volatile ItemSelectors selectors = ItemSelectors.NONE;

  public SelectorStore(KafkaSettings kafka) {
    this.kafka = kafka;
    thread.setDaemon(true);
  }

  /** What is selected now. */
  public ItemSelectors selectors() {
    return selectors;
  }

  /**
   * Starts to read, where nobody did before, and waits until everything that stood on the topic is
   * known; the topic must exist.
   *
   * @throws KafkaException when that takes too long; it may be tried again
   */
  public void await() {
    start();
    try {
      if (!caughtUp.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException(Topics.OBJECTIVES + " was not read within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private synchronized void start() {
    if (!started && closed.getCount() > 0) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        readUntilFailure();
        // True when closed, which the loop sees for itself.
        var unused = closed.await(RETRY_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readUntilFailure() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
      while (closed.getCount() > 0) {
        if (consumer.position(TOPIC) >= end) {
          caughtUp.countDown();
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          read(record);
        }
      }
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      LOG.warnf("reading %s failed, trying again: %s", Topics.OBJECTIVES, e.getMessage());
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CALL_MILLIS)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      selectors =
          record.value() == null
              ? selectors.without(new String(record.key(), StandardCharsets.UTF_8))
              : selectors.with(Objective.parseFrom(record.value()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      // The analyzer reads the same topic and counts it.
      LOG.warnf("%s@%d selects nothing: %s", record.topic(), record.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }
}
