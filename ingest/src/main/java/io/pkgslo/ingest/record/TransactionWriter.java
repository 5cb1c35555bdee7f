// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The producing end: facts, dead letters and source offsets in one transaction. Committed means
 * that all of them are.
 *
 * <p>After any failure the producer is thrown away. The next one takes over the same transactional
 * id, which settles whatever the old one left behind, committed or aborted, before anything else
 * happens: so an unknown outcome needs no case of its own.
 *
 * <p>Single-threaded.
 */
final class TransactionWriter implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Supplier<Producer<byte[], byte[]>> factory;
  private @Nullable Producer<byte[], byte[]> producer;

  TransactionWriter(Supplier<Producer<byte[], byte[]>> factory) {
    this.factory = factory;
  }

  /** Makes sure that a producer is there and no transaction of a former one is left. */
  void open() {
    if (producer != null) {
      return;
    }
    Producer<byte[], byte[]> opened = factory.get();
    try {
      opened.initTransactions();
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
    producer = opened;
  }

  void begin() {
    current().beginTransaction();
  }

  /** Adds a record to the transaction. A failure shows at {@link #commit} at the latest. */
  void send(ProducerRecord<byte[], byte[]> record) {
    // The future is of no use: commitTransaction waits for all sends and fails with the first.
    var unused = current().send(record);
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    current().sendOffsetsToTransaction(offsets, group);
    current().commitTransaction();
  }

  /** Throws the producer away, with what it may have in the air. */
  void discard() {
    Producer<byte[], byte[]> old = producer;
    producer = null;
    if (old != null) {
      old.close(Duration.ZERO);
    }
  }

  private Producer<byte[], byte[]> current() {
    if (producer == null) {
      throw new IllegalStateException("the writer is not open");
    }
    return producer;
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> old = producer;
    producer = null;
    if (old != null) {
      old.close(CLOSE_TIMEOUT);
    }
  }
}
