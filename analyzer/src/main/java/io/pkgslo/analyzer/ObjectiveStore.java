// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.SliDrop;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicFollower;
import io.pkgslo.platform.streams.RecordAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The objectives in force, as their topic tells. Thread-safe.
 *
 * <p>Kafka Streams calls itself running while its broker does not answer. The follower of the topic
 * asks again and again, so {@link #failure} is also how the analyzer notices.
 */
final class ObjectiveStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ObjectiveStore.class);

  private final int most;
  private final StageMeters meters;
  private final ThrottledDrops drops;
  private final RecordAccounts.Account account;
  private final TopicFollower follower;
  private final CountDownLatch found = new CountDownLatch(1);
  private volatile ObjectiveSet objectives = ObjectiveSet.EMPTY;

  /**
   * @param most objectives that are taken; what comes when they are there counts nothing
   */
  ObjectiveStore(
      KafkaSettings kafka,
      int most,
      StageMeters meters,
      ThrottledDrops drops,
      RecordAccounts accounts) {
    this.most = most;
    this.meters = meters;
    this.drops = drops;
    this.account = accounts.open();
    this.follower = new TopicFollower(kafka, Topics.OBJECTIVES, "pkgslo-objectives", this::read);
  }

  /** Starts to read; the topic must exist. */
  void start() {
    follower.start();
  }

  /**
   * Waits until everything that stood on the topic has been read, and until there is some objective
   * at all: events that are counted before their objective is known do not count for it. Goes on
   * without one after {@code patience}.
   */
  void await(Duration patience) throws InterruptedException {
    follower.awaitCaughtUp();
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
    return follower.failure();
  }

  /** Takes one record; on the follower's thread. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    account.received(record.topic());
    account.committed();
    try {
      if (record.value() == null) {
        objectives = objectives.without(new String(record.key(), StandardCharsets.UTF_8));
      } else {
        take(ObjectiveVersion.of(Objective.parseFrom(record.value())));
        found.countDown();
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      // It stays on its topic; whoever wrote it sees the warning and the counter.
      meters.dropped("invalid_objective", 1);
      LOG.warnf("%s@%d is ignored: %s", record.topic(), record.offset(), e.getMessage());
    }
  }

  /** Who came first stays, so that none loses its budget to another. */
  private void take(ObjectiveVersion version) {
    if (objectives.size() >= most && !objectives.has(version.id())) {
      drops.dropped(SliDrop.OBJECTIVE_LIMIT, 1, version.id());
    } else {
      objectives = objectives.with(version);
    }
  }

  @Override
  public void close() {
    follower.close();
    found.countDown();
  }
}
