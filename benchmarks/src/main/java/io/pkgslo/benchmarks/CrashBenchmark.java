// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.pkgslo.golang.crash.CrashAutomaton;
import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.attribute.ItemReaders;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.LogSink;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpLogDecoder;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
 * Lines of standard error, one crash in a thousand of them: what the analyzer's automaton costs per
 * line, beside a regular expression, and beside what ingest does to the same line as an OTLP log
 * record of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CrashBenchmark {
  private static final int LINES = 1_000;
  private static final Pattern CRASH =
      Pattern.compile("^(panic: |fatal error: |goroutine \\d+ \\[|\\[signal ).*");
  private static final List<String> STACK =
      List.of(
          "panic: runtime error: index out of range [5] with length 3",
          "",
          "goroutine 18 [running]:",
          "github.com/acme/shop/internal/pricing.Price(0x1, 0x2)",
          "\t/src/internal/pricing/price.go:31 +0x1d",
          "main.main()",
          "\t/src/main.go:12 +0x20",
          "exit status 2");

  private final List<String> lines = lines();
  private final ByteBuffer record = ByteBuffer.wrap(record(lines));
  private final AttributeKeys keys = AttributeSettings.DEFAULT.keys();
  private final OtlpLogDecoder decoder = new OtlpLogDecoder(keys, DecodeLimits.DEFAULT);
  private final SeenLogs seen = new SeenLogs();
  private final ItemCounts counts = new ItemCounts();
  private final DiscardedFacts discarded = new DiscardedFacts();
  private final ItemReaders readers =
      new ItemReaders(
          AttributeSettings.DEFAULT, keys, discarded, Clock.systemUTC(), () -> ItemSelectors.NONE);

  private static List<String> lines() {
    List<String> lines =
        new ArrayList<>(
            IntStream.range(0, LINES - STACK.size())
                .mapToObj(
                    i -> "2026/11/20 12:00:00 INFO handled request id=" + i + " status=200 ms=12")
                .toList());
    lines.addAll(lines.size() / 2, STACK);
    return lines;
  }

  /** As a log shipper sends them: no scope, no severity, the stream as an attribute. */
  private static byte[] record(List<String> lines) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (int i = 0; i < lines.size(); i++) {
      logs.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(1 + i)
              .setBody(text(lines.get(i)))
              .addAttributes(
                  KeyValue.newBuilder().setKey("log.iostream").setValue(text("stderr"))));
    }
    Resource.Builder pod =
        Resource.newBuilder()
            .addAttributes(KeyValue.newBuilder().setKey("k8s.pod.uid").setValue(text("1")))
            .addAttributes(KeyValue.newBuilder().setKey("k8s.container.name").setValue(text("c")));
    return LogsData.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(pod).addScopeLogs(logs))
        .build()
        .toByteArray();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  /** Decodes, and lets nobody look at the records but for their times. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long decode() throws MalformedOtlpException {
    seen.total = 0;
    decoder.decode(record, seen);
    return seen.total;
  }

  /** Decodes and attributes, and throws the facts away. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long decodeAndAttribute() throws MalformedOtlpException {
    discarded.total = 0;
    readers.begin(0, counts);
    decoder.decode(record, readers.logs());
    readers.end();
    counts.clear();
    return discarded.total;
  }

  /** Ours: finds the panic and whom to blame. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int automaton() {
    CrashAutomaton automaton = new CrashAutomaton();
    List<GoEvent> events = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      automaton.feed(i, lines.get(i), events);
    }
    automaton.flush(events);
    return events.size();
  }

  /** Finds lines that look like one. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int regularExpression() {
    int found = 0;
    for (String line : lines) {
      found += CRASH.matcher(line).matches() ? 1 : 0;
    }
    return found;
  }

  /** Looks at each record's time alone. */
  private static final class SeenLogs implements LogSink {
    private long total;

    @Override
    public void resource(ResourceView resource) {}

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void logRecord(LogRecordView log) {
      total += log.eventEpochNanos();
    }
  }
}
