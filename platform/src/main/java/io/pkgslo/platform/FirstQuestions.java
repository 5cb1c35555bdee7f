// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks Kafka before it can read, asked again while nobody answers: a broker that is
 * away just then must not end a service. A consumer that reads waits for its brokers by itself;
 * what it asks first fails after a while. Thread-safe.
 */
public final class FirstQuestions implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Each takes up to {@code default.api.timeout.ms}, a minute by default. */
  private static final int MAX_ATTEMPTS = 30;

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable String waitsFor;

  /**
   * The answer to a question, however long it takes.
   *
   * @throws KafkaException if asking again does not help, or has not helped {@value #MAX_ATTEMPTS}
   *     times
   * @throws WakeupException if the reader was closed meanwhile
   */
  public <T> T ask(Supplier<T> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        T answer = question.get();
        waitsFor = null;
        return answer;
      } catch (RetriableException e) {
        waitsFor = "Kafka does not answer yet: " + e.getMessage();
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * All partitions of topics.
   *
   * @throws UnknownTopicOrPartitionException if one of them does not exist (yet)
   */
  public static List<TopicPartition> partitions(
      Consumer<?, ?> consumer, Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        throw new UnknownTopicOrPartitionException(topic + " does not exist");
      }
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  /** Why there is no answer yet; null once there is one. */
  public @Nullable String waitsFor() {
    return waitsFor;
  }

  /** Ends a pause at once. */
  @Override
  public void close() {
    closed.countDown();
  }
}
