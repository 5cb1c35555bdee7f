// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.freshness;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.benchmarks.gates.Percentiles;
import io.pkgslo.model.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Spans of a service of its own, one to a record. The n-th is visible when the service's counter
 * has come to n: probes of other partitions may come before it, and then others behind.
 * Thread-safe.
 */
final class Probes implements Runnable {
  static final String SERVICE = "freshness-probe";

  private static final String PACKAGE = "example.com/freshness/probe";
  private static final long SPAN_MILLIS = 5;

  private final Producer<byte[], byte[]> producer;
  private final Duration between;
  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom(1);

  /** When Kafka took those that are not visible yet. */
  private final Deque<Long> takenNanos = new ArrayDeque<>();

  private final Percentiles times = new Percentiles();
  private long taken;
  private long visible;
  private boolean counts;

  Probes(Producer<byte[], byte[]> producer, Duration between, Clock clock) {
    this.producer = producer;
    this.between = between;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(Topics.OTLP_SPANS, record()),
                (acknowledged, failure) -> taken(failure == null));
        TimeUnit.NANOSECONDS.sleep(between.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void taken(boolean success) {
    if (success) {
      taken++;
      takenNanos.add(System.nanoTime());
    }
  }

  /** The counter stood at {@code count} at a time. */
  synchronized void counted(long count, long nanos) {
    while (visible < count && !takenNanos.isEmpty()) {
      visible++;
      long micros = TimeUnit.NANOSECONDS.toMicros(nanos - takenNanos.remove());
      if (counts) {
        times.add(micros);
      }
    }
  }

  /** The times from now on count. */
  synchronized void warm() {
    counts = true;
  }

  /** Probes that Kafka took and that are not visible. */
  synchronized long missing() {
    return taken - visible;
  }

  Percentiles times() {
    return times;
  }

  private byte[] record() {
    long end = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    Span span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setName("probe")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(end - TimeUnit.MILLISECONDS.toNanos(SPAN_MILLIS))
            .setEndTimeUnixNano(end)
            .build();
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(text("service.name", SERVICE))
                        .addAttributes(text("service.instance.id", "probe-1")))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(PACKAGE))
                        .addSpans(span)))
        .build()
        .toByteArray();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private ByteString id(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
