// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of one partition by a thread of its own, from the beginning and for as long as the
 * service lives: every instance knows all of it. After a failure it begins again, so whoever takes
 * the records must bear to see them twice, in their order. Thread-safe.
 *
 * <p>Kafka's clients wait in silence for a broker that does not answer; {@link #failure} tells when
 * no answer comes.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_SECONDS = 1;
  private static final int CALL_MILLIS = 10_000;
  private static final long CLOSE_SECONDS = 2;

  private final KafkaSettings kafka;
  private final TopicPartition partition;
  private final Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final Thread thread;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean started;
  private volatile @Nullable String failure;

  /**
   * @param topic of one partition; it must exist when reading starts
   * @param records takes the records, on the thread; an exception of it ends the reading
   */
  public TopicFollower(
      KafkaSettings kafka,
      String topic,
      String threadName,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    this.kafka = kafka;
    this.partition = new TopicPartition(topic, 0);
    this.records = records;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /** Starts to read, unless it has been started or closed before. */
  public synchronized void start() {
    if (!started && closed.getCount() > 0) {
      started = true;
      thread.start();
    }
  }

  /**
   * Waits until everything that stood on the topic at the start was read, or the reading is over.
   *
   * @return false when that takes longer than {@code patience}, or reading does not go on
   */
  public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
    return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS) && failure == null;
  }

  /** As {@link #awaitCaughtUp(Duration)}, for as long as it takes. */
  public void awaitCaughtUp() throws InterruptedException {
    caughtUp.await();
  }

  /** Why reading does not go on, for good or at the moment; null while it does. */
  public @Nullable String failure() {
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
    } catch (RuntimeException e) {
      failure = "reading " + partition.topic() + " ended: " + e;
      throw e;
    } finally {
      caughtUp.countDown();
      stopped.countDown();
    }
  }

  /** Returns true when reading failed and may be tried again, from the beginning. */
  private boolean readUntilFailure() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      SilenceProbe probe = new SilenceProbe(consumer);
      while (closed.getCount() > 0) {
        if (consumer.position(partition) >= end) {
          caughtUp.countDown();
        }
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        polled.forEach(records);
        failure = probe.polled(!polled.isEmpty());
      }
      return false;
    } catch (InterruptException e) {
      return false;
    } catch (KafkaException e) {
      failure =
          "reading "
              + partition.topic()
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
