// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One look of a rollout with ten series, judged; beside it ten tests of two proportions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JudgeBenchmark {
  private static final int SERIES = 10;
  private static final double LIMIT = 3;

  private final List<SeriesKey> keys =
      IntStream.range(0, SERIES)
          .mapToObj(i -> new SeriesKey("github.com/acme/shop/pkg" + i, Sli.ERRORS))
          .toList();
  private final List<SeriesLook> looks =
      keys.stream().map(key -> new SeriesLook(key, Counts.of(3, 1_000, 25, 10_000))).toList();
  private final RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, Opening.of("v2", "v1", keys));
  private final JudgeState state = judge.next(judge.start(), new Look(0, looks));
  private final Look next = new Look(60_000_000_000L, looks);

  /** Ours: valid however often it is asked. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Decision judge() {
    return judge.decide(judge.next(state, next), Context.CLEAR);
  }

  /** Valid once, at a moment fixed before. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int twoProportions() {
    int worse = 0;
    for (SeriesLook look : looks) {
      Counts counts = look.counts();
      double all = counts.canaryCalls() + counts.baselineCalls();
      double share = (counts.canaryEvents() + counts.baselineEvents()) / all;
      double error =
          Math.sqrt(share * (1 - share) * (1 / counts.canaryCalls() + 1 / counts.baselineCalls()));
      double difference =
          counts.canaryEvents() / counts.canaryCalls()
              - counts.baselineEvents() / counts.baselineCalls();
      worse += difference / error > LIMIT ? 1 : 0;
    }
    return worse;
  }
}
