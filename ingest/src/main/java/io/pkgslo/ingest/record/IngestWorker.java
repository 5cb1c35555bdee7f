// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.publish.FactBuffers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
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
 * transaction, and with them what further polls bring while more has piled up. A failure of the
 * infrastructure costs the transaction, never a record: the worker goes back to the committed
 * offsets and tries again. Any other failure stops it.
 *
 * <p>Everything but {@link #stop} and {@link #health} belongs to the thread that runs it.
 */
final class IngestWorker implements Runnable {
  private static final Logger LOG = Logger.getLogger(IngestWorker.class);

  /** What piles up is committed together until then: each commit costs some milliseconds. */
  private static final Duration LONG_TRANSACTION = Duration.ofMillis(200);

  /** No chain is longer; one that bites its tail would be. */
  private static final int MAX_CAUSES = 20;

  /** Makes the consuming end; called on the worker's thread. */
  private final Supplier<SourceReader> sources;

  private final TransactionWriter writer;
  private final RecordHandler handler;
  private final OpenBlocks blocks;
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
    this.blocks = new OpenBlocks(facts, writer);
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
      try {
        transaction(reader);
      } finally {
        reader.ended();
      }
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
    SourceBatch batch = reader.next();
    long startMillis = clock.millis();
    long records = take(reader, batch);
    while (clock.millis() - startMillis < LONG_TRANSACTION.toMillis()) {
      SourceBatch more = reader.more();
      if (more == null) {
        break;
      }
      records += take(reader, more);
      batch = more;
    }
    if (!blocks.end(reader.progress(batch, records > 0))) {
      return;
    }
    tally.deadLetters().forEach(writer::send);
    writer.commit(batch.offsets(), reader.groupMetadata());
    reader.committed();
    tally.committed();
    blocks.clear();
    meters.transactionTook(startMillis, clock.millis(), records);
  }

  /** Returns how many records there were. */
  private long take(SourceReader reader, SourceBatch batch) {
    for (AppendOrder.Group group : AppendOrder.of(batch.records(), reader::appendedMillis)) {
      blocks.begin(group);
      for (ConsumerRecord<byte[], ByteBuffer> record : group.records()) {
        read(reader, record);
        blocks.sendFull();
      }
    }
    return batch.records().count();
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
    blocks.clear();
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
