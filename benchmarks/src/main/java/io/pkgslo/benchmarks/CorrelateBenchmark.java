// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.analyzer.correlate.RecentErrors;
import io.pkgslo.analyzer.correlate.SpanFacts;
import io.pkgslo.analyzer.correlate.TraceCorrelator;
import io.pkgslo.analyzer.correlate.TraceOutbox;
import io.pkgslo.analyzer.correlate.TraceSettings;
import io.pkgslo.model.wire.SpanBlock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Fresh spans through the trace correlator, to observations, per span: duplicates out, index of
 * relatives, aggregation. Beside it a HashMap of span keys and one of counters, which knows
 * duplicates and counts, and nothing of relatives.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 60)
@Measurement(iterations = 100)
@Fork(3)
public class CorrelateBenchmark {
  private static final long SEED = 4;
  private static final int KEPT = 1_000_000;

  private final Random random = new Random(SEED);
  private final TraceOutbox outbox = new TraceOutbox(0, 4, new RecentErrors(1, 1));
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), outbox);
  private final Map<Key, Boolean> seen = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private SpanBlock block = SpanBlock.getDefaultInstance();

  private record Key(long traceHigh, long traceLow, long span) {}

  /** Other spans than ever before. */
  @Setup(Level.Invocation)
  public void nextBlock() {
    block = BlockBenchmark.block(random);
    if (seen.size() > KEPT) {
      seen.clear();
    }
  }

  /** Ours. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(BlockBenchmark.SPANS)
  public long pkgslo() {
    long time = correlator.accept(SpanFacts.of(block));
    outbox.discard();
    return time;
  }

  /** What one would write first. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(BlockBenchmark.SPANS)
  public int hashMaps() {
    for (int i = 0; i < block.getSpanIdCount(); i++) {
      Key key = new Key(block.getTraceIdHigh(i), block.getTraceIdLow(i), block.getSpanId(i));
      if (seen.putIfAbsent(key, true) == null) {
        counts.merge(block.getPackage(block.getPackageIndex(i)), 1L, Long::sum);
      }
    }
    return counts.size();
  }
}
