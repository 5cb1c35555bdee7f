// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.ingest.publish.ProgressReport;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop: poll, let the stages behind make facts, commit facts, dead letters and offsets in one
 * transaction. A failure of the infrastructure costs the transaction, never a record: the worker
 * goes back to the committed offsets and tries again. Any other failure stops it.
 *
 * <p>Everything but {@link #stop} and {@link #health} belongs to the thread that runs it.
 */
final class IngestWorker implements Runnable {
  private static final Logger LOG = Logger.getLogger(IngestWorker.class);
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

  /** No chain is longer; one that bites its tail would be. */
  private static final int MAX_CAUSES = 20;

  /** Makes the consuming end; called on the worker's thread. */
  private final Supplier<SourceReader> sources;

  private final TransactionWriter writer;
  private final RecordHandler handler;
  private final FactBuffers facts;
  private final TransactionTally tally;
  private final IngestMeters meters;
  private final Clock clock;
  private final Retry retry;
  private final LetterSize letterSize = new LetterSize();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile IngestHealth health = IngestHealth.STARTING;
  private @Nullable SourceReader source;
  private boolean settled;

  IngestWorker(
      Supplier<SourceReader> sources,
      TransactionWriter writer,
      RecordHandler handler,
      FactBuffers facts,
      IngestMeters meters,
      Clock clock,
      int attempts) {
    this.sources = sources;
    this.writer = writer;
    this.handler = handler;
    this.facts = facts;
    this.tally = new TransactionTally(meters);
    this.meters = meters;
    this.clock = clock;
    this.retry = new Retry(attempts);
  }

  IngestHealth health() {
    return health;
  }

  /** Finishes the transaction in progress and ends the loop. */
  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      while (stopping.getCount() > 0) {
        turn();
      }
      health = IngestHealth.STOPPED;
    } catch (RuntimeException | Error e) {
      // A fault of ours, or of the machine: no retry can be trusted to count right.
      LOG.error("ingest stopped by a fault; nothing of its last transaction was committed", e);
      health = new IngestHealth(IngestHealth.State.FAILED, e.toString());
      throw e;
    } finally {
      close();
    }
  }

  private void turn() {
    meters.turn(clock.millis());
    try {
      SourceReader reader = settledSource();
      transaction(reader);
      retry.succeeded();
      health = IngestHealth.RUNNING;
    } catch (InterruptException e) {
      stop();
    } catch (KafkaException e) {
      failed(e);
    }
  }

  /** The consuming end at the committed offsets, with nothing of a former transaction left. */
  private SourceReader settledSource() {
    SourceReader reader = source;
    if (reader == null) {
      reader = sources.get();
      source = reader;
    }
    if (!settled) {
      writer.open();
      reader.rewind();
      settled = true;
    }
    return reader;
  }

  private void transaction(SourceReader reader) {
    List<AppendOrder.Group> groups =
        AppendOrder.of(reader.poll(POLL_TIMEOUT), reader::appendedMillis);
    long startMillis = clock.millis();
    long appendedMillis = facts(reader, groups);
    ProgressReport progress = reader.progress(!groups.isEmpty());
    if (groups.isEmpty()) {
      if (progress.isEmpty()) {
        return;
      }
      writer.begin();
      appendedMillis = progress.highestMillis();
    }
    facts.write(appendedMillis, progress, writer::send);
    tally.deadLetters().forEach(writer::send);
    writer.commit(reader.offsets(), reader.groupMetadata());
    reader.committed();
    tally.committed();
    facts.clear();
    meters.transactionTook(startMillis, clock.millis(), records(groups));
  }

  /**
   * Begins a transaction and reads all groups into it; what the last one has beyond full blocks is
   * still to be written. Does nothing without groups.
   *
   * @return append time of the last group
   */
  private long facts(SourceReader reader, List<AppendOrder.Group> groups) {
    long appendedMillis = 0;
    for (AppendOrder.Group group : groups) {
      if (appendedMillis == 0) {
        writer.begin();
      } else {
        facts.write(appendedMillis, ProgressReport.NONE, writer::send);
        facts.clear();
      }
      long groupMillis = Math.max(1, group.appendedMillis());
      for (ConsumerRecord<byte[], ByteBuffer> record : group.records()) {
        read(reader, record);
        facts.writeFull(groupMillis, writer::send);
      }
      appendedMillis = groupMillis;
    }
    return appendedMillis;
  }

  private static long records(List<AppendOrder.Group> groups) {
    return groups.stream().mapToLong(group -> group.records().size()).sum();
  }

  private void read(SourceReader reader, ConsumerRecord<byte[], ByteBuffer> record) {
    Signal signal = Signal.ofTopic(record.topic());
    long appendedMillis = reader.appendedMillis(record);
    tally.received(signal);
    reader.consumed(record, appendedMillis);
    ByteBuffer value = record.value();
    if (value == null || !value.hasRemaining()) {
      // A tombstone, or an empty and valid message.
      return;
    }
    Rejection rejection = handler.handle(signal, value, appendedMillis, tally.items());
    if (rejection != null) {
      LOG.debugf(
          "%s-%d@%d is dead-lettered: %s",
          record.topic(), record.partition(), record.offset(), rejection.reason());
      tally.deadLettered(
          signal,
          rejection.reason(),
          DeadLetters.of(record, rejection, clock.millis(), letterSize.bytes()));
    }
  }

  private void failed(KafkaException failure) {
    settled = false;
    tally.aborted();
    facts.clear();
    handler.aborted();
    writer.discard();
    if (letterSize.reduce(failure)) {
      LOG.warnf(
          "a record is too large for its topic: dead letters keep %d bytes from now on; give the"
              + " topics *.dlq a larger max.message.bytes",
          letterSize.bytes());
    }
    Duration pause = retry.failed();
    String cause = cause(failure);
    meters.transactionFailed(cause);
    health =
        new IngestHealth(
            retry.isExhausted() ? IngestHealth.State.UNHEALTHY : IngestHealth.State.RETRYING,
            cause);
    LOG.warnf("transaction failed, next try in %d ms: %s", pause.toMillis(), cause);
    pause(pause);
  }

  private void pause(Duration pause) {
    try {
      // True when told to stop, which the loop sees for itself.
      var unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void close() {
    writer.close();
    SourceReader reader = source;
    if (reader != null) {
      reader.close();
    }
  }

  /** What failed, and what it came from in the end: Kafka's clients wrap what really happened. */
  private static String cause(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < MAX_CAUSES && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    String what = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return root == failure ? what : what + "; caused by " + root;
  }
}
