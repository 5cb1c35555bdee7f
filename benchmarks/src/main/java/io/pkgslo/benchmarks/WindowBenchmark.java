// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.analyzer.window.Window;
import io.pkgslo.analyzer.window.WindowedSums;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An observation into the sums over all windows of an objective and back out, for short and long
 * periods, beside a map of buckets that is summed up when it is asked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class WindowBenchmark {
  private static final int UPDATES = 1_000;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final long BUCKET_MILLIS = 10_000;

  /** Compliance period in hours: what an update costs must not depend on it. */
  @Param({"1", "24", "720"})
  private int periodHours;

  /** Ours. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public long runningSums() {
    Window period = Window.of(periodHours * 3_600L);
    WindowedSums sums = new WindowedSums(Window.ofPeriod(period.seconds()));
    long total = 0;
    for (int i = 0; i < UPDATES; i++) {
      sums.add(START_MILLIS + i * BUCKET_MILLIS, 10, 1);
      total += sums.over(period).valid();
    }
    return total;
  }

  /** The obvious one. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public long bucketsSummedUp() {
    TreeMap<Long, Long> buckets = new TreeMap<>();
    long total = 0;
    for (int i = 0; i < UPDATES; i++) {
      long now = START_MILLIS + i * BUCKET_MILLIS;
      buckets.merge(now, 10L, Long::sum);
      for (long valid : buckets.tailMap(now - periodHours * 3_600_000L).values()) {
        total += valid;
      }
    }
    return total;
  }
}
