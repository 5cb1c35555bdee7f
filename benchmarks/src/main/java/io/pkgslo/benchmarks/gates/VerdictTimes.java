// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the close of a look to its verdict, as a consumer sees it. The timestamp of a verdict is
 * that of the record with which the analyzer said that the minute is closed; a record of the ledger
 * is committed in the same transaction as its verdict.
 */
final class VerdictTimes implements Runnable, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final String ROLLBACK = "rollback";

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CrashLoops crashes;
  private final Clock clock;
  private final ObjectMapper json = RolloutJson.mapper();
  private final Percentiles times = new Percentiles();
  private final Set<String> judged = ConcurrentHashMap.newKeySet();
  private final CountDownLatch unjudged;
  private final Thread thread = new Thread(this, "verdict-times");
  private volatile boolean counting;

  /**
   * @param crashes is told of rollbacks
   * @param services that will be in rollout
   */
  VerdictTimes(String kafka, CrashLoops crashes, int services, Clock clock) {
    this.crashes = crashes;
    this.clock = clock;
    this.unjudged = new CountDownLatch(services);
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void start() {
    thread.start();
  }

  /** Returns when every service's rollout has been judged once; verdicts count from then on. */
  void awaitRollouts(Duration patience) throws InterruptedException, TimeoutException {
    if (!unjudged.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(
          unjudged.getCount() + " services not in rollout after " + patience.toSeconds() + " s");
    }
    counting = true;
  }

  @Override
  public void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.VERDICTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (WakeupException | InterruptException e) {
      // Closed.
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null || key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
      return;
    }
    RolloutView view = read(record.value());
    if (CrashLoops.isVersion(view.version())) {
      if (view.verdict().equals(ROLLBACK)) {
        crashes.rolledBack(view.version());
      }
    } else {
      if (counting) {
        times.add(TimeUnit.MILLISECONDS.toMicros(clock.millis() - record.timestamp()));
      }
      if (view.looks() > 0 && judged.add(view.service())) {
        unjudged.countDown();
      }
    }
  }

  private RolloutView read(byte[] value) {
    try {
      return json.readValue(value, RolloutView.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Percentiles times() {
    return times;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
