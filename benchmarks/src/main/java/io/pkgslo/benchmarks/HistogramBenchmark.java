// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.analyzer.window.Sketch;
import io.pkgslo.model.LogLinear;
import java.util.Random;
import java.util.TreeMap;
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

/** A duration into a log-linear histogram, beside a TreeMap of the same buckets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HistogramBenchmark {
  private static final int VALUES = 10_000;
  private static final long SEED = 6;

  private final long[] nanos = new Random(SEED).longs(VALUES, 100_000, 50_000_000).toArray();

  /** Ours. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double sketch() {
    Sketch sketch = new Sketch();
    for (long value : nanos) {
      sketch.add(LogLinear.indexOf(value), 1);
    }
    return sketch.quantile(0.95);
  }

  /** The obvious one. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int treeMap() {
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    for (long value : nanos) {
      buckets.merge(LogLinear.indexOf(value), 1L, Long::sum);
    }
    return buckets.size();
  }
}
