// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.ReaderAccounts;
import io.pkgslo.platform.TopicFollower;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What the objectives select, as their topic tells. Objectives with selectors are written ahead of
 * their time, so a selector is known before the first item that it is for. Thread-safe.
 */
public final class SelectorStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SelectorStore.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopicFollower follower;
  private final ReaderAccounts accounts =
      new ReaderAccounts("selectors", List.of(Topics.OBJECTIVES));
  private volatile ItemSelectors selectors = ItemSelectors.NONE;

  public SelectorStore(KafkaSettings kafka) {
    follower = new TopicFollower(kafka, Topics.OBJECTIVES, "pkgslo-selectors", this::read);
  }

  /** What became of the records that were read. */
  public ReaderAccounts accounts() {
    return accounts;
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
    follower.start();
    try {
      if (!follower.awaitCaughtUp(PATIENCE)) {
        throw new TimeoutException(Topics.OBJECTIVES + " was not read within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Objectives are states by name, so that a second reading from the beginning changes nothing. */
  private void read(ConsumerRecord<byte[], byte[]> record) {
    accounts.received(record.topic());
    try {
      selectors =
          record.value() == null
              ? selectors.without(new String(record.key(), StandardCharsets.UTF_8))
              : selectors.with(Objective.parseFrom(record.value()));
      accounts.settled();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      accounts.dropped(record.topic(), "invalid");
      LOG.warnf("%s@%d selects nothing: %s", record.topic(), record.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
