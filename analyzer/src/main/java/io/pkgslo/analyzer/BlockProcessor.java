// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.export.StageGauges;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.DeadLetterHeaders;
import io.pkgslo.platform.streams.RecordAccounts;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the three processors have in common: a block that cannot be read is counted and goes to the
 * dead letters of its topic, and the partition goes on. A failure behind the reading is a bug and
 * stops the task.
 */
abstract class BlockProcessor implements Processor<byte[], byte[], Route, byte[]> {
  private static final Logger LOG = Logger.getLogger(BlockProcessor.class);

  private static final String STAGE = "analyzer";

  private final String task;
  private final String deadLetterSink;
  private final StageMeters meters;
  private final CommitListeners commits;
  private final RecordAccounts.Account account;
  private final Runnable accountCommitted;
  private @Nullable ProcessorContext<Route, byte[]> context;
  private @Nullable StageGauges gauges;

  /**
   * @param task name in metrics
   * @param deadLetterSink child that takes what cannot be read
   */
  BlockProcessor(String task, String deadLetterSink, AnalyzerContext shared) {
    this.task = task;
    this.deadLetterSink = deadLetterSink;
    this.meters = shared.meters();
    this.commits = shared.commits();
    this.account = shared.accounts().open();
    this.accountCommitted = account::committed;
  }

  @Override
  public void init(ProcessorContext<Route, byte[]> context) {
    this.context = context;
    this.gauges = meters.open(task, partition());
    commits.add(accountCommitted);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = context().recordMetadata().orElseThrow();
    meters.turn();
    account.received(source.topic());
    try {
      accept(source.topic(), record.value(), record.timestamp());
    } catch (BrokenBlock e) {
      deadLetter(record, source, e);
    }
  }

  /**
   * Takes in one block.
   *
   * @throws BrokenBlock when it cannot be read; nothing has changed then
   */
  abstract void accept(String topic, byte @Nullable [] value, long timestampMillis)
      throws BrokenBlock;

  private void deadLetter(Record<byte[], byte[]> record, RecordMetadata source, BrokenBlock e) {
    account.deadLettered(source.topic(), e.reason());
    LOG.debugf("%s-%d@%d: %s", source.topic(), source.partition(), source.offset(), e.getMessage());
    context()
        .forward(
            new Record<>(
                Route.anywhere(record.key()),
                record.value(),
                Math.max(0, record.timestamp()),
                DeadLetterHeaders.of(
                    record.headers(), STAGE, source, record.timestamp(), e.reason())),
            deadLetterSink);
  }

  /** Sends a block to one partition of the topic of {@code sink}. */
  final void send(String sink, Route route, byte @Nullable [] value, long timestampMillis) {
    context().forward(new Record<>(route, value, Math.max(0, timestampMillis)), sink);
  }

  final KeyValueStore<Bytes, byte[]> store(String name) {
    return context().getStateStore(name);
  }

  final int partition() {
    return context().taskId().partition();
  }

  final ProcessorContext<Route, byte[]> context() {
    if (context == null) {
      throw new IllegalStateException("not initialised");
    }
    return context;
  }

  final StageGauges gauges() {
    if (gauges == null) {
      throw new IllegalStateException("not initialised");
    }
    return gauges;
  }

  @Override
  public void close() {
    commits.remove(accountCommitted);
    account.closed();
    if (gauges != null) {
      meters.close(task, partition(), gauges);
    }
  }
}
