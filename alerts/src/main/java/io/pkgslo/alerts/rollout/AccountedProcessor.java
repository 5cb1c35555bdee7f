// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.DeadLetterHeaders;
import io.pkgslo.platform.streams.RecordAccounts;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * A processor whose records are accounted for: what it cannot read goes to the dead letters of its
 * topic and the partition goes on, what it has read counts when the transaction is committed.
 */
final class AccountedProcessor<K, V> implements Processor<byte[], byte[], K, V> {
  private static final Logger LOG = Logger.getLogger(AccountedProcessor.class);
  private static final String STAGE = "alerts";

  private final Processor<byte[], byte[], K, V> work;
  private final String deadLetterSink;
  private final CommitListeners commits;
  private final RecordAccounts.Account account;
  private final Runnable committed;
  private ProcessorContext<K, V> context;

  /**
   * @param deadLetterSink child that takes what cannot be read, with its own key and value
   */
  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  AccountedProcessor(
      Processor<byte[], byte[], K, V> work,
      String deadLetterSink,
      RecordAccounts accounts,
      CommitListeners commits) {
    this.work = work;
    this.deadLetterSink = deadLetterSink;
    this.commits = commits;
    this.account = accounts.open();
    this.committed = account::committed;
  }

  @Override
  public void init(ProcessorContext<K, V> newContext) {
    context = newContext;
    commits.add(committed);
    work.init(newContext);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    account.received(source.topic());
    try {
      work.process(record);
    } catch (UnreadableRecord e) {
      account.deadLettered(source.topic(), e.reason());
      LOG.warnf(
          "%s-%d@%d goes to the dead letters: %s",
          source.topic(), source.partition(), source.offset(), e.getMessage());
      deadLetter(record, source, e.reason());
    }
  }

  /** The sink's types are those of what came in, and not of what the work makes of it. */
  @SuppressWarnings("unchecked")
  private void deadLetter(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
    ((ProcessorContext<byte[], byte[]>) context)
        .forward(
            new Record<>(
                record.key(),
                record.value(),
                Math.max(0, record.timestamp()),
                DeadLetterHeaders.of(record.headers(), STAGE, source, record.timestamp(), reason)),
            deadLetterSink);
  }

  @Override
  public void close() {
    work.close();
    commits.remove(committed);
    account.closed();
  }
}
