// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.export.RecordAccounts;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The objectives in force, read from their topic by a thread of its own, from the beginning and for
 * as long as the service lives. Every instance reads all of them. Thread-safe.
 *
 * <p>Kafka's clients wait in silence for a broker that does not answer, and Streams calls itself
 * running meanwhile. So this is also who notices: it asks for the end of the topic again and again.
 */
final class ObjectiveStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ObjectiveStore.class);
  private static final TopicPartition TOPIC = new TopicPartition(Topics.OBJECTIVES, 0);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_SECONDS = 1;
  private static final int CALL_MILLIS = 10_000;
  private static final long CLOSE_SECONDS = 2;

  /** How often a broker is asked for something, and how long it may take to answer. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final StageMeters meters;
  private final RecordAccounts.Account account;
  private final Thread thread = new Thread(this::run, "pkgslo-objectives");
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch found = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile ObjectiveSet objectives = ObjectiveSet.EMPTY;
  private volatile @Nullable String failure;

  ObjectiveStore(KafkaSettings kafka, StageMeters meters, RecordAccounts accounts) {
    this.meters = meters;
    this.account = accounts.open();
    this.kafka = kafka;
    thread.setDaemon(true);
  }

  /** Starts to read; the topic must exist. */
  void start() {
    thread.start();
  }

  /**
   * Waits until everything that stood on the topic has been read, and until there is some objective
   * at all: events that are counted before their objective is known do not count for it. Goes on
   * without one after {@code patience}.
   */
  void await(Duration patience) throws InterruptedException {
    caughtUp.await();
    if (!found.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warnf(
          "%s is empty after %s: no budgets are counted until alerts writes objectives",
          Topics.OBJECTIVES, patience);
    }
  }

  ObjectiveSet objectives() {
    return objectives;
  }

  /** Why reading does not go on at the moment; null while it does. */
  @Nullable String failure() {
    return failure;
  }

  private void run() {
    try {
      boolean again = true;
      while (again) {
        again = readUntilFailure() && !closed.await(RETRY_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      caughtUp.countDown();
      found.countDown();
      stopped.countDown();
    }
  }

  /** Returns true when reading failed and may be tried again, from the beginning. */
  private boolean readUntilFailure() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
      long probedNanos = System.nanoTime();
      while (closed.getCount() > 0) {
        if (consumer.position(TOPIC) >= end) {
          caughtUp.countDown();
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          read(record);
        }
        if (System.nanoTime() - probedNanos > PROBE.toNanos()) {
          // Of use is only that it is answered; it fails when it is not.
          var unused = consumer.endOffsets(List.of(TOPIC), PROBE);
          probedNanos = System.nanoTime();
        }
        failure = null;
      }
      return false;
    } catch (InterruptException e) {
      return false;
    } catch (KafkaException e) {
      failure =
          "reading "
              + Topics.OBJECTIVES
              + " failed: "
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage();
      LOG.warnf("%s; trying again", failure);
      return true;
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
    account.received(record.topic());
    account.committed();
    try {
      if (record.value() == null) {
        objectives = objectives.without(new String(record.key(), StandardCharsets.UTF_8));
      } else {
        objectives = objectives.with(ObjectiveVersion.of(Objective.parseFrom(record.value())));
        found.countDown();
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      // It stays on its topic; whoever wrote it sees the warning and the counter.
      meters.dropped("invalid_objective", 1);
      LOG.warnf("%s@%d is ignored: %s", record.topic(), record.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!thread.isAlive()) {
      return;
    }
    try {
      // A call to a broker that is away may take longer; the thread is a daemon.
      var unused = stopped.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
