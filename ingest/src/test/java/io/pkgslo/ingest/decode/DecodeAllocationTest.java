// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Decoding allocates nothing in steady state, and never more than a small multiple of the input.
 */
class DecodeAllocationTest {
  private static final int ROUNDS = 200;
  private static final long MULTIPLE = 64;
  private static final long BASE = 1 << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final class SpanCounter implements TraceSink {
    private long total;

    @Override
    public void resource(ResourceView resource) {
      total += resource.identity().low();
    }

    @Override
    public void scope(ScopeView scope) {
      total += scope.name().length();
    }

    @Override
    public void span(SpanView span) {
      total += span.spanId() + span.name().length() + span.attributes().size();
      SpanEventCursor events = span.events();
      while (events.next()) {
        total += events.name().length();
      }
    }
  }

  @Test
  void decode_steadyState_allocatesNothing() throws Exception {
    byte[] value = new RandomTelemetry(new Random(1)).traces().toByteArray();
    OtlpTraceDecoder decoder = new OtlpTraceDecoder(Signal.KEYS, DecodeLimits.DEFAULT);
    ByteBuffer buffer = ByteBuffer.wrap(value);
    SpanCounter counter = new SpanCounter();
    long allocated = Long.MAX_VALUE;
    // The first rounds grow arenas and compile; only what every round costs matters.
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      decoder.decode(buffer, counter);
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(allocated).isLessThan(100);
  }

  /** Messages of two bytes each are the worst that one byte of input can ask for. */
  @Test
  void decode_emptyMessagesOnly_isBounded() throws Exception {
    Span.Builder span = Span.newBuilder();
    for (int i = 0; i < 100_000; i++) {
      span.addAttributesBuilder();
    }
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().addSpans(span);
    for (int i = 0; i < 100_000; i++) {
      scope.addSpansBuilder();
    }
    byte[] value =
        TracesData.newBuilder()
            .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
            .build()
            .toByteArray();
    assertThat(allocatedBy(Signal.TRACES, value)).isLessThan(BASE + 4 * MULTIPLE * value.length);
  }

  @ParameterizedTest
  @EnumSource
  void decode_mutatedMessages_isBounded(Signal signal) {
    Random random = Fuzz.random("allocation, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    for (int i = Fuzz.iterations(30); i > 0; i--) {
      byte[] value = Fuzz.mutate(signal.random(telemetry).toByteArray(), random);
      assertThat(allocatedBy(signal, value)).isLessThan(BASE + MULTIPLE * value.length);
    }
  }

  /** A length of 2 GB in a value of ten bytes must not be believed. */
  @Test
  void decode_hugeLength_isNotAllocated() {
    byte[] value = new byte[10];
    Arrays.fill(value, (byte) 0xff);
    value[0] = 0x0a;
    value[5] = 0x07;
    assertThat(allocatedBy(Signal.TRACES, value)).isLessThan(BASE);
  }

  private long allocatedBy(Signal signal, byte[] value) {
    OtlpTraceDecoder traces = new OtlpTraceDecoder(Signal.KEYS, DecodeLimits.DEFAULT);
    OtlpLogDecoder logs = new OtlpLogDecoder(Signal.KEYS, DecodeLimits.DEFAULT);
    OtlpMetricDecoder metrics = new OtlpMetricDecoder(Signal.KEYS, DecodeLimits.DEFAULT);
    ByteBuffer buffer = ByteBuffer.wrap(value);
    Silence silence = new Silence();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      switch (signal) {
        case TRACES -> traces.decode(buffer, silence);
        case LOGS -> logs.decode(buffer, silence);
        case METRICS -> metrics.decode(buffer, silence);
      }
    } catch (MalformedOtlpException e) {
      assertThat(e.failure()).isNotNull();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static final class Silence implements TraceSink, LogSink, MetricSink {
    @Override
    public void resource(ResourceView resource) {}

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void span(SpanView span) {}

    @Override
    public void logRecord(LogRecordView log) {}

    @Override
    public void metric(MetricView metric) {}

    @Override
    public void point(MetricPointView point) {}
  }
}
