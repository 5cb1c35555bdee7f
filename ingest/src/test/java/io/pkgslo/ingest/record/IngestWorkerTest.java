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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
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

  private static final class FaultyHandler implements RecordHandler {
    @Override
    public @Nullable Rejection handle(
        Signal signal, ByteBuffer value, long appendedMillis, ItemCounts counts) {
      throw new Fault();
    }

    @Override
    public void aborted() {}
  }

  private void run(RecordHandler handler) {
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
          consumer.addRecord(
              new ConsumerRecord<>(SOURCE.topic(), 0, 0, null, ByteBuffer.wrap(new byte[] {1})));
        });
    thread = new Thread(started);
    thread.setUncaughtExceptionHandler((dead, fault) -> {});
    thread.start();
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

  private IngestHealth health() {
    return worker == null ? IngestHealth.STARTING : worker.health();
  }
}
