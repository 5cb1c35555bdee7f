// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.model.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The consuming end: the source partitions of one worker, where it stands in each of them, and how
 * far that is in time. While a batch of a backlog is worked off the next poll runs already, in a
 * thread of its own; a rebalance, which happens inside poll, waits there for the end of the
 * transaction, and so never meets an open one.
 *
 * <p>For one thread. From {@link #next} to {@link #ended} it may ask for nothing that needs the
 * consumer, which is polling then.
 */
final class SourceReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SourceReader.class);
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

  /** As long as a broker may take for an answer; whoever has just caught up waits in vain once. */
  private static final Duration SOON = Duration.ofMillis(50);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], ByteBuffer> consumer;
  private final Clock clock;
  private final IngestMeters meters;
  private final long progressIntervalMillis;
  private final ReadAhead<SourceBatch> reading;

  /** Of the worker's thread, and of rebalances, which wait for it. */
  private final ProgressTracker tracker = new ProgressTracker();

  private final Map<String, Integer> partitionCounts = new HashMap<>();
  private boolean countsKnown;
  private long lagCheckedMillis;

  /** Whom offsets are committed for; known anew before a rebalance waits for a commit. */
  private volatile ConsumerGroupMetadata group;

  SourceReader(
      Consumer<byte[], ByteBuffer> consumer,
      Clock clock,
      IngestMeters meters,
      Duration progressInterval) {
    this.consumer = consumer;
    this.clock = clock;
    this.meters = meters;
    this.progressIntervalMillis = progressInterval.toMillis();
    this.group = consumer.groupMetadata();
    this.reading = new ReadAhead<>(this::read, Thread.currentThread().getName() + "-ahead");
    consumer.subscribe(Topics.otlp(), new Assignment());
  }

  /**
   * What the next transaction begins with; without records after {@link #POLL_TIMEOUT}. Where more
   * has piled up, the poll behind it begins at once.
   */
  SourceBatch next() {
    return taken(reading.next());
  }

  /** What may join the transaction; null if nothing has piled up, or a rebalance waits. */
  @Nullable SourceBatch more() {
    SourceBatch batch = reading.more(SOON);
    return batch == null ? null : taken(batch);
  }

  private SourceBatch taken(SourceBatch batch) {
    if (batch.isOfBacklog(clock.millis())) {
      reading.begin();
    }
    SourceBatch.Lag lag = batch.lag();
    lag.caughtUp().forEach(partition -> tracker.caughtUp(partition, lag.askedMillis()));
    return batch;
  }

  /** The transaction has come to its end, or to nothing. */
  void ended() {
    reading.ended();
  }

  private SourceBatch read() {
    ConsumerRecords<byte[], ByteBuffer> records = poll(POLL_TIMEOUT);
    boolean lagIsOld = clock.millis() - lagCheckedMillis >= progressIntervalMillis;
    SourceBatch.Lag lag = lagIsOld ? lag() : SourceBatch.Lag.NOT_ASKED;
    group = consumer.groupMetadata();
    return new SourceBatch(records, offsets(), lag, partitionCounts());
  }

  private ConsumerRecords<byte[], ByteBuffer> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (NoOffsetForPartitionException e) {
      // A new consumer group: from the start, so that no backlog is lost.
      consumer.seekToBeginning(e.partitions());
    } catch (OffsetOutOfRangeException e) {
      resumeAfterLoss(e);
    }
    return ConsumerRecords.empty();
  }

  /** Retention was faster than we were: go on with what is left, and say what is gone. */
  private void resumeAfterLoss(OffsetOutOfRangeException loss) {
    Map<TopicPartition, Long> wanted = loss.offsetOutOfRangePartitions();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(wanted.keySet(), CALL_TIMEOUT);
    wanted.forEach(
        (partition, offset) -> {
          long lost = Math.max(0, first.getOrDefault(partition, offset) - offset);
          meters.recordsLost(partition.topic(), lost);
          LOG.errorf(
              "%s: offset %d is out of range, %d records were deleted before they were read",
              partition, offset, lost);
        });
    consumer.seekToBeginning(wanted.keySet());
  }

  /** Append time of a record, never in the future; the wall clock when the record has none. */
  long appendedMillis(ConsumerRecord<byte[], ByteBuffer> record) {
    long now = clock.millis();
    return record.timestamp() < 0 ? now : Math.min(record.timestamp(), now);
  }

  void consumed(ConsumerRecord<byte[], ByteBuffer> record, long appendedMillis) {
    tracker.consumed(new TopicPartition(record.topic(), record.partition()), appendedMillis);
  }

  /**
   * What a transaction says about progress.
   *
   * @param last batch of the transaction
   * @param evenIfRecent report whatever moved; else only if the brokers were just asked for their
   *     ends, which happens once in the progress interval
   */
  ProgressReport progress(SourceBatch last, boolean evenIfRecent) {
    return evenIfRecent || last.lag().wasAsked()
        ? tracker.report(last.partitionCounts(), clock.millis())
        : ProgressReport.NONE;
  }

  private SourceBatch.Lag lag() {
    // The time comes first: what is appended after it may be missing from the answer.
    long askedMillis = clock.millis();
    Set<TopicPartition> caughtUp = new HashSet<>();
    consumer
        .endOffsets(consumer.assignment(), CALL_TIMEOUT)
        .forEach(
            (partition, end) -> {
              if (position(partition) >= end) {
                caughtUp.add(partition);
              }
            });
    lagCheckedMillis = askedMillis;
    return new SourceBatch.Lag(askedMillis, caughtUp);
  }

  private long position(TopicPartition partition) {
    try {
      return consumer.position(partition, CALL_TIMEOUT);
    } catch (NoOffsetForPartitionException e) {
      consumer.seekToBeginning(e.partitions());
      return consumer.position(partition, CALL_TIMEOUT);
    }
  }

  private Map<String, Integer> partitionCounts() {
    if (!countsKnown) {
      for (String topic : Topics.otlp()) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, CALL_TIMEOUT);
        partitionCounts.put(topic, partitions == null ? 0 : partitions.size());
      }
      // A topic that is missing may come; one that is there grows only through a rebalance.
      countsKnown = !partitionCounts.containsValue(0);
    }
    return partitionCounts;
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(position(partition)));
    }
    return offsets;
  }

  /** Who commits the offsets of a batch. */
  ConsumerGroupMetadata groupMetadata() {
    return group;
  }

  void committed() {
    tracker.committed();
    tracker
        .lowestCommittedMillis()
        .ifPresentOrElse(millis -> meters.progressed(this, millis), () -> meters.idle(this));
  }

  /** Back to what is committed: the last transaction came to nothing, or nobody knows. */
  void rewind() {
    reading.drop();
    tracker.aborted();
    Set<TopicPartition> assigned = consumer.assignment();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned, CALL_TIMEOUT);
    for (TopicPartition partition : assigned) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  /** Leaves the group, so that its partitions go on elsewhere at once. */
  @Override
  public void close() {
    meters.idle(this);
    reading.close();
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      awaitTransaction();
      countsKnown = false;
      tracker.assigned(partitions);
      LOG.infof("reading %s", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      awaitTransaction();
      tracker.unassigned(partitions);
      if (consumer.assignment().equals(Set.copyOf(partitions))) {
        meters.idle(SourceReader.this);
      }
    }

    /** It may commit as the member that this consumer has become meanwhile. */
    private void awaitTransaction() {
      group = consumer.groupMetadata();
      reading.awaitEnd();
    }
  }
}
