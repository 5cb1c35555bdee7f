// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.rollout.Budgets;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SubjectState;
import io.pkgslo.platform.Closing;
import io.pkgslo.platform.FirstQuestions;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.LateConsumer;
import io.pkgslo.platform.ReaderAccounts;
import io.pkgslo.platform.SilenceProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the compacted topics whole, from their beginning and for as long as the service lives, into
 * a {@link StateView}. No consumer group: every instance has everything and can answer for all.
 * Kafka Streams calls itself running while no broker answers; so {@link #waitsFor} is also how
 * alerts notices.
 */
public final class ViewConsumer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ViewConsumer.class);
  private static final List<String> TOPICS =
      List.of(Topics.SUBJECTS, Topics.VERDICTS, Topics.OBJECTIVES);
  private static final Duration POLL = Duration.ofMillis(500);

  private final LateConsumer late;
  private final Clock clock;
  private final StateView view = new StateView();
  private final ObjectMapper json = RolloutJson.mapper();
  private final Runnable unreadable;
  private final ReaderAccounts accounts = new ReaderAccounts("gates", TOPICS);
  private final Thread thread;
  private final FirstQuestions questions = new FirstQuestions();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable String silence;
  private volatile @Nullable String failure;

  /**
   * Does not connect before {@link #start}.
   *
   * @param unreadable is told each record that is skipped
   */
  public ViewConsumer(KafkaSettings kafka, Clock clock, Runnable unreadable) {
    this.clock = clock;
    this.unreadable = unreadable;
    this.late = new LateConsumer(kafka);
    this.thread = new Thread(this::run, "pkgslo-view");
    thread.setDaemon(true);
  }

  /** Starts reading; the topics must exist. */
  public void start() {
    thread.start();
  }

  /** What became of the records that were read. */
  public ReaderAccounts accounts() {
    return accounts;
  }

  /** What is known right now. */
  public StateView view() {
    return view;
  }

  /** The error budgets as far as they are known right now. */
  public Budgets budgets() {
    return new BudgetView(view::subjectsUnsorted);
  }

  /** All rollouts, the newest first. */
  public List<RolloutView> rollouts() {
    return view.rollouts();
  }

  /** Why reading has not begun or does not go on; null while it does. It goes on by itself. */
  public @Nullable String waitsFor() {
    String first = questions.waitsFor();
    return first == null ? silence : first;
  }

  /** Why reading ended; null while it goes on. */
  public @Nullable String failure() {
    return failure;
  }

  @Override
  public void close() {
    late.wakeup();
    questions.close();
    if (!thread.isAlive()) {
      return;
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      follow(late.make());
    } catch (WakeupException e) {
      LOG.debug("view closed");
    } catch (RuntimeException e) {
      failure = "reading " + TOPICS + " ended: " + e;
      LOG.error(failure, e);
    } finally {
      stopped.countDown();
    }
  }

  /** Ends with whatever ends a poll; the consumer is closed then. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      List<TopicPartition> partitions =
          questions.ask(() -> FirstQuestions.partitions(consumer, TOPICS));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      SilenceProbe probe = new SilenceProbe(consumer);
      while (true) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        polled.forEach(this::read);
        accounts.settled();
        silence = probe.polled(!polled.isEmpty());
      }
    } finally {
      Closing.soon(consumer);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    byte[] value = record.value();
    accounts.received(record.topic());
    try {
      switch (record.topic()) {
        case Topics.SUBJECTS ->
            view.subject(
                key, value == null ? null : SubjectState.parseFrom(value), heardMillis(record));
        case Topics.OBJECTIVES ->
            view.objective(key, value == null ? null : Objective.parseFrom(value));
        case Topics.VERDICTS -> readVerdict(key, value, heardMillis(record));
        default -> throw new IllegalStateException("not asked for: " + record.topic());
      }
    } catch (IOException e) {
      accounts.dropped(record.topic(), "unreadable");
      unreadable.run();
      LOG.warnf(
          "%s-%d@%d is skipped: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  /** A writer whose clock is ahead must not look alive for longer than it is. */
  private long heardMillis(ConsumerRecord<byte[], byte[]> record) {
    return Math.min(record.timestamp(), clock.millis());
  }

  private void readVerdict(String key, byte @Nullable [] value, long heardMillis)
      throws IOException {
    if (key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
      if (value != null) {
        view.rolloutsProgress(Progress.parseFrom(value), heardMillis);
      }
    } else {
      view.rollout(key, value == null ? null : json.readValue(value, RolloutView.class));
    }
  }
}
