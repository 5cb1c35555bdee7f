// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpTraceDecoder;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.ingest.decode.TraceSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoding of one record of {@link DecodePayloads#SPANS} spans, in operations per span: our reader
 * against the official generated classes, both asked for the same 13 values of each span.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecodeTraceBenchmark {
  private static final List<String> ASKED =
      List.of("code.function.name", "http.response.status_code", "http.route", "error.type");

  private final AttributeKeys keys = AttributeKeys.of(ASKED);
  private final OtlpTraceDecoder decoder = new OtlpTraceDecoder(keys, DecodeLimits.DEFAULT);
  private final byte[] protobuf = DecodePayloads.traces();
  private final ByteBuffer protobufBuffer = ByteBuffer.wrap(protobuf);
  private final ByteBuffer jsonBuffer = ByteBuffer.wrap(DecodePayloads.tracesJson());
  private final SpanSum sum = new SpanSum(keys);

  /** Our reader. */
  @Benchmark
  @OperationsPerInvocation(DecodePayloads.SPANS)
  public long pkgslo() throws MalformedOtlpException {
    decoder.decode(protobufBuffer, sum);
    return sum.take();
  }

  /** Our reader on the same spans as JSON. */
  @Benchmark
  @OperationsPerInvocation(DecodePayloads.SPANS)
  public long pkgsloJson() throws MalformedOtlpException {
    decoder.decode(jsonBuffer, sum);
    return sum.take();
  }

  /** The official classes. */
  @Benchmark
  @OperationsPerInvocation(DecodePayloads.SPANS)
  public long generatedClasses() throws IOException {
    long total = 0;
    for (ResourceSpans resource : TracesData.parseFrom(protobuf).getResourceSpansList()) {
      total += resource.getResource().getAttributesCount();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        total += scope.getScope().getName().length();
        for (Span span : scope.getSpansList()) {
          total += sum(span);
        }
      }
    }
    return total;
  }

  private static long sum(Span span) {
    long total = span.getTraceId().byteAt(0);
    total += span.getSpanId().byteAt(0);
    total += span.getParentSpanId().size() + span.getName().length();
    total += span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    total += span.getKindValue() + span.getStatus().getCodeValue() + span.getFlags();
    total += span.getTraceState().length() + span.getEventsCount();
    for (KeyValue attribute : span.getAttributesList()) {
      if (ASKED.contains(attribute.getKey())) {
        total += attribute.getValue().getValueCase().getNumber();
      }
    }
    return total;
  }

  private static final class SpanSum implements TraceSink {
    private final int size;
    private long total;

    SpanSum(AttributeKeys keys) {
      this.size = keys.size();
    }

    long take() {
      long taken = total;
      total = 0;
      return taken;
    }

    @Override
    public void resource(ResourceView resource) {
      total += resource.attributes().size();
    }

    @Override
    public void scope(ScopeView scope) {
      total += scope.name().length();
    }

    @Override
    public void span(SpanView span) {
      total += span.traceIdHigh() + span.traceIdLow() + span.spanId() + span.parentSpanId();
      total += span.name().length() + span.traceState().length() + span.eventCount();
      total += span.endEpochNanos() - span.startEpochNanos();
      total += span.kind() + span.statusCode() + span.flags();
      for (int key = 0; key < size; key++) {
        AnyValueView value = span.attribute(key);
        if (value != null && !value.kind().isNested()) {
          total++;
        }
      }
    }
  }
}
