// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.model.Topics;
import io.prometheus.client.CollectorRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults that no broker produces on demand. */
class IngestWorkerTest {
  private static final TopicPartition SOURCE = new TopicPartition(Topics.OTLP_SPANS, 0);

  private final MockConsumer<byte[], ByteBuffer> consumer = new MockConsumer<>("none");
  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final CollectorRegistry registry = new CollectorRegistry();
  private @Nullable IngestWorker worker;
  private @Nullable Thread thread;

  /** Stands for a fault of ours. */
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Lets a transaction last until the poll behind it has met a rebalance. */
  private static final class SlowHandler implements RecordHandler {
    private final CountDownLatch until;

    SlowHandler(CountDownLatch until) {
      this.until = until;
    }

    @Override
    public @Nullable Rejection handle(
        Signal signal, ByteBuffer value, long appendedMillis, ItemCounts counts) {
      try {
        assertThat(until.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return null;
    }

    @Override
    public void aborted() {}
  }

  private static final class FaultyHandler implements RecordHandler {
    @Override
    public @Nullable Rejection handle(
        Signal signal, ByteBuffer value, long appendedMillis, ItemCounts counts) {
      throw new Fault();
    }

    @Override
    public void aborted() {}
  }

  /**
   * @param nextPolls what happens in the polls behind the first one, which brings a record
   */
  private void run(RecordHandler handler, Runnable... nextPolls) {
    IngestMeters meters = new IngestMeters(registry, Clock.systemUTC(), List.of());
    IngestWorker started =
        new IngestWorker(
            () -> new SourceReader(consumer, Clock.systemUTC(), meters, Duration.ofMillis(50)),
            new TransactionWriter(this::producer),
            handler,
            new FactBuffers(1),
            meters,
            Clock.systemUTC(),
            3);
    worker = started;
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(SOURCE));
          Map<TopicPartition, Long> start = new HashMap<>();
          start.put(SOURCE, 0L);
          consumer.updateBeginningOffsets(start);
          consumer.updateEndOffsets(start);
          consumer.seek(SOURCE, 0);
          consumer.addRecord(record());
        });
    List.of(nextPolls).forEach(consumer::schedulePollTask);
    thread = new Thread(started);
    thread.setUncaughtExceptionHandler((dead, fault) -> {});
    thread.start();
  }

  /** Of a size that says that there is more of it. */
  private static ConsumerRecord<byte[], ByteBuffer> record() {
    return new ConsumerRecord<>(
        SOURCE.topic(),
        0,
        0,
        ConsumerRecord.NO_TIMESTAMP,
        TimestampType.NO_TIMESTAMP_TYPE,
        0,
        1 << 20,
        null,
        ByteBuffer.wrap(new byte[] {1}),
        new RecordHeaders(),
        Optional.empty());
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (worker != null && thread != null) {
      worker.stop();
      thread.join();
    }
  }

  /** A broken invariant is no bad input: nothing is committed, and the health check says why. */
  @Test
  void fault_stopsTheWorkerLoudly_andCommitsNothing() {
    run(new FaultyHandler());
    await().until(() -> health().state() == IngestHealth.State.FAILED);
    assertThat(health().cause()).contains("Fault");
    assertThat(health().isAlive()).isFalse();
    assertThat(producers.get(0).history()).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  /** The poll behind a large batch runs while that is worked off: its rebalance must wait. */
  @Test
  void rebalance_inThePollAhead_waitsForTheCommit() {
    CountDownLatch rebalancing = new CountDownLatch(1);
    AtomicReference<Boolean> committedBefore = new AtomicReference<>();
    run(
        new SlowHandler(rebalancing),
        () -> {
          rebalancing.countDown();
          consumer.rebalance(List.of());
          committedBefore.set(
              producers.get(0).consumerGroupOffsetsHistory().stream()
                  .anyMatch(
                      groups ->
                          groups.values().stream()
                              .anyMatch(
                                  offsets ->
                                      new OffsetAndMetadata(1).equals(offsets.get(SOURCE)))));
        });
    await().until(() -> committedBefore.get() != null);
    assertThat(committedBefore).hasValue(true);
    await().until(() -> health().state() == IngestHealth.State.RUNNING);
  }

  private IngestHealth health() {
    return worker == null ? IngestHealth.STARTING : worker.health();
  }
}
