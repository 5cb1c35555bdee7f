// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists per trace know what the plain set knows, at every step. */
class TraceIdentitiesTest {
  private static final int STEPS = 400_000;

  private final long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  /** Spans of one trace that come together, from a source that may lag. */
  private record Run(long trace, long firstSpan, int spans, int second) {}

  @ParameterizedTest
  @CsvSource({"20, 1000000, 5", "20, 3000, 5", "5, 1000000, 0", "300, 1000000, 40"})
  void whatIsKnown_isWhatTheSetOfIdentitiesKnows(int horizonSeconds, int limit, int lagSeconds) {
    TraceIdentities traces = new TraceIdentities(horizonSeconds * 1_000L, limit);
    IdentitySet set = new IdentitySet(horizonSeconds * 1_000L, limit);
    Deque<Run> before = new ArrayDeque<>();
    int second = 1_000;
    for (int step = 0; step < STEPS; ) {
      if (random.nextInt(100) == 0) {
        second += random.nextInt(3);
        traces.advance(second - lagSeconds);
        set.advance(second - lagSeconds);
      }
      Run run = next(before, second - (lagSeconds == 0 ? 0 : random.nextInt(lagSeconds)));
      for (int i = 0; i < run.spans(); i++) {
        long span = run.firstSpan() + i;
        assertThat(traces.add(run.trace(), span, run.second()))
            .as("-Dpkgslo.test.seed=%d, step %d, %s", seed, step, run)
            .isEqualTo(set.add(run.trace(), span, run.second()));
        step++;
      }
      assertThat(traces.size()).as("seed %d", seed).isEqualTo(set.size());
      assertThat(traces.effectiveHorizonSeconds()).isEqualTo(set.effectiveHorizonSeconds());
    }
  }

  private Run next(Deque<Run> before, int second) {
    if (!before.isEmpty() && random.nextInt(5) == 0) {
      Run again = before.remove();
      return new Run(again.trace(), again.firstSpan(), again.spans(), second);
    }
    // A tenth of the spans are of few large traces, whose runs overlap.
    boolean large = random.nextInt(10) == 0;
    long trace = large ? random.nextInt(3) : random.nextLong();
    long firstSpan = large ? random.nextInt(3_000) : random.nextLong();
    Run run = new Run(trace, firstSpan, 1 + random.nextInt(15), second);
    before.add(run);
    if (before.size() > 2_000) {
      before.remove();
    }
    return run;
  }
}
