// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.benchmarks.load.SyntheticSpans;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.attribute.ItemReaders;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpTraceDecoder;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.ingest.decode.TraceSink;
import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.model.wire.SpanBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
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
 * All that ingest does to a record between its consumer and its producer, per span: decode,
 * attribute, encode a block; and the same work up to the first and the second of these, so that the
 * differences are what each costs. Beside it the same block made with the generated classes on both
 * sides, from no more than ids, times and the function's package.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AttributeBenchmark {
  private static final ProgressReport NO_PROGRESS = new ProgressReport(List.of());
  private static final String FUNCTION = "code.function.name";

  /** More than a second-level cache holds, and as many packages as the large workload has. */
  private static final SyntheticSpans.Shape SHAPE = new SyntheticSpans.Shape(10, 1, 100, 10);

  private static final int SPANS = 100 * SyntheticSpans.SPANS;

  private final List<byte[]> records = SyntheticSpans.records(SHAPE);
  private final FactBuffers facts = new FactBuffers(4);
  private final ItemCounts counts = new ItemCounts();
  private final AttributeKeys keys = AttributeSettings.DEFAULT.keys();
  private final OtlpTraceDecoder decoder = new OtlpTraceDecoder(keys, DecodeLimits.DEFAULT);
  private final ItemReaders readers =
      new ItemReaders(
          AttributeSettings.DEFAULT, keys, facts, Clock.systemUTC(), () -> ItemSelectors.NONE);
  private final DiscardedFacts discarded = new DiscardedFacts();
  private final ItemReaders attributing =
      new ItemReaders(
          AttributeSettings.DEFAULT, keys, discarded, Clock.systemUTC(), () -> ItemSelectors.NONE);
  private final SeenSpans seen = new SeenSpans();
  private long written;

  /** Ours: bytes of the blocks of one transaction. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long pkgslo() throws MalformedOtlpException {
    for (byte[] record : records) {
      readers.begin(0, counts);
      decoder.decode(ByteBuffer.wrap(record), readers.spans());
      readers.end();
    }
    written = 0;
    facts.write(0, NO_PROGRESS, block -> written += block.value().length);
    facts.clear();
    counts.clear();
    return written;
  }

  /** Decodes, and lets nobody look at the spans. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long decode() throws MalformedOtlpException {
    seen.total = 0;
    for (byte[] record : records) {
      decoder.decode(ByteBuffer.wrap(record), seen);
    }
    return seen.total;
  }

  /** Decodes and attributes, and throws the facts away. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long decodeAndAttribute() throws MalformedOtlpException {
    discarded.total = 0;
    for (byte[] record : records) {
      attributing.begin(0, counts);
      decoder.decode(ByteBuffer.wrap(record), attributing.spans());
      attributing.end();
    }
    counts.clear();
    return discarded.total;
  }

  /** Official classes in, generated classes out. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long generatedClasses() throws IOException {
    long bytes = 0;
    for (byte[] record : records) {
      bytes += block(record).length;
    }
    return bytes;
  }

  private static byte[] block(byte[] record) throws IOException {
    SpanBlock.Builder block = SpanBlock.newBuilder();
    for (ResourceSpans resource : TracesData.parseFrom(record).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          add(span, block);
        }
      }
    }
    return block.build().toByteArray();
  }

  private static void add(Span span, SpanBlock.Builder block) {
    ByteBuffer trace = span.getTraceId().asReadOnlyByteBuffer();
    int goPackage = 0;
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getKey().equals(FUNCTION)) {
        goPackage = attribute.getValue().getStringValue().lastIndexOf('.');
      }
    }
    block
        .addTraceIdHigh(trace.getLong())
        .addTraceIdLow(trace.getLong())
        .addSpanId(span.getSpanId().asReadOnlyByteBuffer().getLong())
        .addParentSpanId(parentOf(span))
        .addOriginIndex(0)
        .addPackageIndex(goPackage)
        .addTraits(span.getKindValue())
        .addEndEpochNanos(span.getEndTimeUnixNano())
        .addDurationNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano())
        .addWeight(1 << 20);
  }

  /** 0 for a root, which has no bytes there. */
  private static long parentOf(Span span) {
    return span.getParentSpanId().isEmpty()
        ? 0
        : span.getParentSpanId().asReadOnlyByteBuffer().getLong();
  }

  /** Looks at each span's id alone. */
  private static final class SeenSpans implements TraceSink {
    private long total;

    @Override
    public void resource(ResourceView resource) {}

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void span(SpanView span) {
      total += span.spanId();
    }
  }
}
