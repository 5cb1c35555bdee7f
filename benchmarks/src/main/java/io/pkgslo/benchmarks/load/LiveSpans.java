// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.pkgslo.model.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes copies of some records to {@code otlp_spans} at a fixed rate, with fresh ids and the time
 * of now, until it is interrupted.
 */
public final class LiveSpans implements Runnable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Producer<byte[], byte[]> producer;
  private final List<SpanStamps> templates = new ArrayList<>();
  private final int spansPerSecond;
  private final Clock clock;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @throws IOException if a record is no trace message
   */
  public LiveSpans(
      Producer<byte[], byte[]> producer, List<byte[]> records, int spansPerSecond, Clock clock)
      throws IOException {
    this.producer = producer;
    this.spansPerSecond = spansPerSecond;
    this.clock = clock;
    for (byte[] record : records) {
      templates.add(SpanStamps.of(record));
    }
  }

  /** Spans that Kafka has taken. */
  public long taken() {
    return taken.get();
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    long sent = 0;
    try {
      for (long copy = 1; !Thread.currentThread().isInterrupted(); copy++) {
        for (SpanStamps template : templates) {
          long dueNanos = start + TimeUnit.SECONDS.toNanos(1) * sent / spansPerSecond;
          TimeUnit.NANOSECONDS.sleep(Math.max(0, dueNanos - System.nanoTime()));
          send(template, TopicFiller.mix(copy));
          sent += template.items();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(SpanStamps template, long mask) {
    long shift = clock.millis() * NANOS_PER_MILLI - template.latestNanos();
    byte[] value = template.copy(mask, shift);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(Topics.OTLP_SPANS, value),
            (acknowledged, failure) -> taken.addAndGet(failure == null ? template.items() : 0));
  }
}
