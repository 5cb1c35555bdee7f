// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.ledger.LedgerIndex.Entry;
import io.pkgslo.alerts.ledger.LedgerIndex.Place;
import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.Closing;
import io.pkgslo.platform.FirstQuestions;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.LateConsumer;
import io.pkgslo.platform.ReaderAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the ledger: one thread indexes pkgslo.decisions, from the newest {@value
 * #INDEXED} records per partition on and for as long as the service lives; a record itself is read
 * from its place when somebody asks. No consumer group: every instance can answer for all.
 */
public final class LedgerReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LedgerReader.class);
  private static final long INDEXED = 50_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(5);

  private final LateConsumer indexer;
  private final LateConsumer fetcher;
  private final Object fetching = new Object();

  /** Null before the first question. */
  private @Nullable KafkaConsumer<byte[], byte[]> fetches;

  private final LedgerIndex index = new LedgerIndex((int) INDEXED);
  private final Clock clock;
  private final Runnable unreadable;
  private final ReaderAccounts accounts = new ReaderAccounts("ledger", List.of(Topics.DECISIONS));
  private final Thread thread;
  private final FirstQuestions questions = new FirstQuestions();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable String failure;

  /**
   * Does not connect before {@link #start}.
   *
   * @param unreadable is told each record that is skipped
   */
  public LedgerReader(KafkaSettings kafka, Clock clock, Runnable unreadable) {
    this.unreadable = unreadable;
    this.indexer = new LateConsumer(kafka);
    this.fetcher = new LateConsumer(kafka);
    this.clock = clock;
    this.thread = new Thread(this::run, "pkgslo-ledger");
    thread.setDaemon(true);
  }

  /** Starts reading; the topic must exist. */
  public void start() {
    thread.start();
  }

  /** What became of the records that were indexed. */
  public ReaderAccounts accounts() {
    return accounts;
  }

  /** Why reading has not begun; null once it has. It goes on by itself. */
  public @Nullable String waitsFor() {
    return questions.waitsFor();
  }

  /** Why reading ended; null while it goes on. */
  public @Nullable String failure() {
    return failure;
  }

  /** A rollout's records in short, in order; empty when none is known here. */
  public List<LedgerLine> lines(String rollout) {
    return index.chain(rollout).stream().map(LedgerReader::line).toList();
  }

  /**
   * One record as it stands on the topic.
   *
   * @return null when it is not known here
   * @throws LedgerException when Kafka does not give it in time
   */
  public @Nullable String record(String decisionId) throws LedgerException {
    Entry entry = index.get(decisionId);
    return entry == null ? null : fetch(List.of(entry)).get(0);
  }

  /**
   * All records of a rollout as they stand on the topic, in order; empty when none is known here.
   *
   * @throws LedgerException when Kafka does not give them in time
   */
  public List<String> records(String rollout) throws LedgerException {
    return fetch(index.chain(rollout));
  }

  private List<String> fetch(List<Entry> entries) throws LedgerException {
    List<String> records = new ArrayList<>(entries.size());
    synchronized (fetching) {
      long deadline = clock.millis() + FETCH_LIMIT.toMillis();
      for (Entry entry : entries) {
        records.add(fetch(fetches(), entry.place(), deadline));
      }
    }
    return records;
  }

  /** To be called by one thread at a time. */
  private KafkaConsumer<byte[], byte[]> fetches() throws LedgerException {
    if (fetches == null) {
      try {
        fetches = fetcher.make();
      } catch (KafkaException e) {
        throw new LedgerException("the ledger cannot be read: " + e.getMessage(), e);
      }
    }
    return fetches;
  }

  private String fetch(KafkaConsumer<byte[], byte[]> consumer, Place place, long deadline)
      throws LedgerException {
    TopicPartition partition = new TopicPartition(Topics.DECISIONS, place.partition());
    try {
      consumer.assign(List.of(partition));
      consumer.seek(partition, place.offset());
      while (clock.millis() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() == place.offset()) {
            return text(record);
          }
        }
      }
    } catch (KafkaException e) {
      throw new LedgerException("the ledger cannot be read: " + e.getMessage(), e);
    }
    throw new LedgerException("the ledger was not read within " + FETCH_LIMIT.toSeconds() + " s");
  }

  @Override
  public void close() {
    indexer.wakeup();
    questions.close();
    fetcher.wakeup();
    synchronized (fetching) {
      if (fetches != null) {
        Closing.soon(fetches);
      }
    }
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
      follow(indexer.make());
    } catch (WakeupException e) {
      LOG.debug("ledger reader closed");
    } catch (RuntimeException e) {
      failure = "reading " + Topics.DECISIONS + " ended: " + e;
      LOG.error(failure, e);
    } finally {
      stopped.countDown();
    }
  }

  /** Ends with whatever ends a poll; the consumer is closed then. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      Map<TopicPartition, Long> from = questions.ask(() -> beginnings(consumer));
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      while (true) {
        consumer.poll(POLL).forEach(this::index);
        accounts.settled();
      }
    } finally {
      Closing.soon(consumer);
    }
  }

  /** Offsets from which on records are indexed. */
  private static Map<TopicPartition, Long> beginnings(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        FirstQuestions.partitions(consumer, List.of(Topics.DECISIONS));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> from = new HashMap<>(consumer.beginningOffsets(partitions));
    from.replaceAll(
        (partition, begin) -> Math.max(begin, ends.getOrDefault(partition, 0L) - INDEXED));
    return from;
  }

  private void index(ConsumerRecord<byte[], byte[]> record) {
    accounts.received(record.topic());
    if (DegradeCheck.isKey(record.key())) {
      return;
    }
    try {
      if (record.value() == null) {
        throw new IllegalArgumentException("no value");
      }
      DecisionRecord decided = SealedRecord.parse(text(record)).record();
      index.add(
          new Entry(
              decided.decisionId(),
              decided.rollout(),
              decided.sequence(),
              decided.decision().verdict().wireName(),
              decided.decision().rule().id(),
              decided.decision().reason(),
              decided.question().askedBy(),
              record.timestamp(),
              new Place(record.partition(), record.offset())));
    } catch (IllegalArgumentException e) {
      accounts.dropped(record.topic(), "unreadable");
      unreadable.run();
      LOG.warnf(
          "%s-%d@%d is skipped: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static LedgerLine line(Entry entry) {
    return new LedgerLine(
        entry.decisionId(),
        entry.rollout(),
        entry.sequence(),
        entry.verdict(),
        entry.rule(),
        entry.reason(),
        entry.askedBy(),
        Instant.ofEpochMilli(entry.recordedMillis()));
  }
}
