// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.Closing;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.ReaderAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads pkgslo.verdicts in a group, so that one instance tells each rollout. At least once: the
 * offset is committed after a change was told. Whoever gets a partition reads it from its beginning
 * to learn the verdicts so far, and tells only what stands behind the committed offset; in a group
 * that is new, only what is new.
 */
final class VerdictConsumer implements AutoCloseable {
  /** Why a record tells nothing. */
  static final String UNREADABLE = "unreadable";

  private static final Logger LOG = Logger.getLogger(VerdictConsumer.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A change may take all attempts of its slowest target. */
  private static final int MAX_POLL_MILLIS = 3_600_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Actuator actuator;
  private final ToldStore store;
  private final ReaderAccounts accounts;
  private final Thread thread;
  private final Map<TopicPartition, Long> toldUntil = new HashMap<>();
  private final Map<String, Integer> partitionOf = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable String failure;

  VerdictConsumer(
      KafkaSettings kafka,
      String group,
      Actuator actuator,
      ToldStore store,
      ReaderAccounts accounts) {
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    group,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    // It would have the broker's partitions, and not ours.
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    MAX_POLL_MILLIS,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.actuator = actuator;
    this.store = store;
    this.accounts = accounts;
    this.thread = new Thread(this::run, "pkgslo-act");
    thread.setDaemon(true);
  }

  /**
   * What is told from now on is new, in a group that is new; returns when that is settled. Before
   * anything is judged, since joining the group takes seconds in which verdicts may change.
   */
  void start() {
    try {
      beginHere();
    } catch (KafkaException e) {
      LOG.warnf("verdicts of the first seconds may not be told: %s", e.getMessage());
    }
    thread.start();
  }

  private void beginHere() {
    Set<TopicPartition> partitions = new HashSet<>();
    consumer
        .partitionsFor(Topics.VERDICTS)
        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) -> {
              if (committed.get(partition) == null) {
                first.put(partition, new OffsetAndMetadata(end));
              }
            });
    if (!first.isEmpty()) {
      // Refused while others are in the group: then they have begun.
      consumer.commitSync(first);
    }
  }

  /** Why nobody is told at the moment; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  private void run() {
    try {
      do {
        tellUntilFailure();
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (WakeupException | InterruptException e) {
      LOG.debug("act closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      boolean interrupted = Thread.interrupted();
      Closing.soon(consumer);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whatever fails may pass: brokers come back, and what was not committed is read again. */
  private void tellUntilFailure() throws InterruptedException {
    try {
      consumer.unsubscribe();
      toldUntil.clear();
      partitionOf.clear();
      actuator.forget();
      consumer.subscribe(List.of(Topics.VERDICTS), new Learning());
      while (closed.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
        actuator.tellDue();
        settle();
        failure = null;
      }
    } catch (WakeupException | InterruptException e) {
      commitAtEnd();
      throw e;
    } catch (RuntimeException e) {
      accounts.retried();
      failure = "verdicts are not told, trying again: " + e;
      LOG.warn(failure, e);
    }
  }

  /** The end may come between a notice and its commit: told twice is allowed, but not wanted. */
  private void commitAtEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      settle();
    } catch (KafkaException | IllegalStateException e) {
      accounts.retried();
      LOG.debug("what was told last may be told again", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    accounts.received(record.topic());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long known = toldUntil.getOrDefault(partition, 0L);
    if (key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
      toldUntil.put(partition, Math.max(known, record.offset() + 1));
      return;
    }
    RolloutView rollout;
    try {
      rollout = read(record);
    } catch (IOException e) {
      // It says nothing of its rollout, and least of all that it is over.
      accounts.dropped(record.topic(), UNREADABLE);
      LOG.warnf("%s@%d is skipped: %s", record.topic(), record.offset(), e.getMessage());
      toldUntil.put(partition, Math.max(known, record.offset() + 1));
      return;
    }
    partitionOf.put(key, record.partition());
    if (record.offset() < known) {
      actuator.remember(key, rollout);
      return;
    }
    boolean changed = actuator.accept(key, rollout);
    toldUntil.put(partition, record.offset() + 1);
    if (changed) {
      settle();
    }
  }

  /**
   * Keeps what was told and what waits, and then says so. In this order: what falls between is told
   * twice, under one idempotency key, and never not at all.
   */
  private void settle() {
    Map<String, @Nullable Told> changes = actuator.unsaved();
    if (!changes.isEmpty()) {
      store.keep(changes, partitionOf);
      actuator.saved();
    }
    commit();
    accounts.settled();
  }

  /** Null for a rollout that is over. */
  private static @Nullable RolloutView read(ConsumerRecord<byte[], byte[]> record)
      throws IOException {
    byte[] value = record.value();
    return value == null ? null : RolloutJson.mapper().readValue(value, RolloutView.class);
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    toldUntil.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    consumer.commitSync(offsets);
  }

  @Override
  public void close() {
    closed.countDown();
    consumer.wakeup();
    try {
      // A notice on its way is told to its end; one that waits to be tried again is not waited for.
      thread.join(GRACE.toMillis());
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a partition back to its beginning when it comes. */
  private final class Learning implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Set<Integer> lost = new HashSet<>();
      for (TopicPartition partition : partitions) {
        toldUntil.remove(partition);
        lost.add(partition.partition());
      }
      partitionOf
          .entrySet()
          .removeIf(
              rollout -> {
                boolean gone = lost.contains(rollout.getValue());
                if (gone) {
                  actuator.drop(rollout.getKey());
                }
                return gone;
              });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Set<TopicPartition> asked = new HashSet<>(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer
          .committed(asked)
          .forEach(
              (partition, committed) ->
                  toldUntil.put(
                      partition,
                      committed == null ? ends.getOrDefault(partition, 0L) : committed.offset()));
      consumer.seekToBeginning(partitions);
      store
          .read(partitions.stream().map(TopicPartition::partition).toList())
          .forEach(actuator::restore);
    }
  }
}
