// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.model.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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

/**
 * The consuming end: the source partitions of one worker, where it stands in each of them, and how
 * far that is in time. One poll is one transaction, so a rebalance, which happens inside poll,
 * never meets an open one.
 *
 * <p>Single-threaded.
 */
final class SourceReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SourceReader.class);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], ByteBuffer> consumer;
  private final Clock clock;
  private final IngestMeters meters;
  private final long progressIntervalMillis;
  private final ProgressTracker tracker = new ProgressTracker();
  private final Map<String, Integer> partitionCounts = new HashMap<>();
  private boolean countsKnown;
  private long lagCheckedMillis;

  SourceReader(
      Consumer<byte[], ByteBuffer> consumer,
      Clock clock,
      IngestMeters meters,
      Duration progressInterval) {
    this.consumer = consumer;
    this.clock = clock;
    this.meters = meters;
    this.progressIntervalMillis = progressInterval.toMillis();
    consumer.subscribe(Topics.otlp(), new Assignment());
  }

  /** Records of the next transaction; none is normal. */
  ConsumerRecords<byte[], ByteBuffer> poll(Duration timeout) {
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
   * What this transaction says about progress. Asks the broker for the ends of the partitions when
   * the last answer is older than the progress interval.
   *
   * @param evenIfRecent report whatever moved; else only when the interval has passed
   */
  ProgressReport progress(boolean evenIfRecent) {
    boolean due = clock.millis() - lagCheckedMillis >= progressIntervalMillis;
    if (due) {
      checkLag();
    }
    if (!due && !evenIfRecent) {
      return new ProgressReport(List.of());
    }
    return tracker.report(partitionCounts(), clock.millis());
  }

  private void checkLag() {
    // The time comes first: what is appended after it may be missing from the answer.
    long askedMillis = clock.millis();
    Set<TopicPartition> assigned = consumer.assignment();
    Map<TopicPartition, Long> ends = consumer.endOffsets(assigned, CALL_TIMEOUT);
    ends.forEach(
        (partition, end) -> {
          if (position(partition) >= end) {
            tracker.caughtUp(partition, askedMillis);
          }
        });
    lagCheckedMillis = askedMillis;
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

  /** Offsets behind the last poll, of every assigned partition. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(position(partition)));
    }
    return offsets;
  }

  ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  void committed() {
    tracker.committed();
    tracker
        .lowestCommittedMillis()
        .ifPresentOrElse(millis -> meters.progressed(this, millis), () -> meters.idle(this));
  }

  /** Back to what is committed: the last transaction came to nothing, or nobody knows. */
  void rewind() {
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
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      countsKnown = false;
      tracker.assigned(partitions);
      LOG.infof("reading %s", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      tracker.unassigned(partitions);
      if (consumer.assignment().equals(Set.copyOf(partitions))) {
        meters.idle(SourceReader.this);
      }
    }
  }
}
