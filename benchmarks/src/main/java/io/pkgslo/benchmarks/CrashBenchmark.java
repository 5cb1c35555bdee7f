// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.golang.crash.CrashAutomaton;
import io.pkgslo.golang.crash.GoEvent;
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

/** Lines of standard error, one crash in a thousand of them, beside a regular expression. */
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
}
