// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.LogCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.ProcessBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However facts of processes arrive, they count to the ledger; and replays make the same. */
class ProcessPropertyTest {
  /** New ones in every run; a failure names its own, and -Dpkgslo.test.seed repeats a run. */
  private static final Random SEEDS =
      new Random(Long.getLong("pkgslo.test.seed", new Random().nextLong()));

  private final Map<String, Long> totals = new TreeMap<>();

  /** Processes and times of crashes that were told early, and of those that counted. */
  private final List<String> early = new ArrayList<>();

  private final List<String> crashed = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void totals_equalTheLedger_inAnyOrderAndGrouping(boolean lagging) {
    for (int round = 0; round < 15; round++) {
      long seed = SEEDS.nextLong();
      System.out.println("process property, seed " + seed);
      Random random = new Random(seed);
      RandomProcesses processes = new RandomProcesses(random, 6, 300_000);
      ProcessOutbox outbox = new ProcessOutbox(0, 4, new RecentErrors(10, 10));
      ProcessCorrelator correlator = new ProcessCorrelator(ProcessSettings.defaults(), outbox);
      totals.clear();
      early.clear();
      crashed.clear();
      for (Object block : processes.blocks(lagging)) {
        accept(correlator, block);
        outbox.drain((observations, partition) -> add(observations));
        outbox.drainJoined(
            (logs, partition) ->
                totals.merge("joined log", (long) logs.getTimeEpochNanosCount(), Long::sum));
      }
      assertThat(totals).as("seed %d", seed).isEqualTo(processes.totals());
      assertThat(early).as("seed %d", seed).doesNotHaveDuplicates().isSubsetOf(crashed);
      assertThat(correlator.waitingItems()).isZero();
      assertThat(correlator.processes()).isZero();
      assertThat(outbox.takeOpened()).hasSameElementsAs(outbox.takeForgotten());
    }
  }

  private static long accept(ProcessCorrelator correlator, Object block) {
    return block instanceof ProcessBlock facts
        ? correlator.accept(facts)
        : correlator.accept((PanicBlock) block);
  }

  private void add(ObservationBlock block) {
    block.getEarlyCrashList().forEach(crash -> early.add(key(crash)));
    for (PanicCount panic : block.getPanicList()) {
      if (panic.getInitFailure()) {
        crashed.add(key(panic));
      }
      String subject = subject(block, panic.getOriginIndex(), panic.getPackageIndex());
      long weight = panic.getWeight() / FixedPoint.ONE;
      totals.merge("panic " + subject + " weight " + weight, 1L, Long::sum);
      if (panic.getEpisode()) {
        totals.merge("episode " + subject, 1L, Long::sum);
      }
    }
    for (InitTime init : block.getInitList()) {
      String subject = subject(block, init.getOriginIndex(), init.getPackageIndex());
      totals.merge("init " + subject, 1L, Long::sum);
    }
    for (LogCount log : block.getLogList()) {
      String subject = subject(block, log.getOriginIndex(), log.getPackageIndex());
      totals.merge("log " + subject, log.getCount(), Long::sum);
    }
  }

  private static String key(PanicCount crash) {
    return crash.getCrashProcess() + " at " + crash.getCrashEpochNanos();
  }

  private static String subject(ObservationBlock block, int origin, int goPackage) {
    return block.getOrigin(origin).getService() + " " + block.getPackage(goPackage);
  }

  @Test
  void replay_ofTheKeptBlocks_makesTheSameCorrelator() {
    ProcessSettings settings =
        new ProcessSettings(10_000, 300_000, 1_000_000, 100, 1_000, Map.of(), BlamePolicy.DEFAULT);
    for (int round = 0; round < 15; round++) {
      long seed = SEEDS.nextLong();
      System.out.println("process replay, seed " + seed);
      Random random = new Random(seed);
      List<Object> blocks = new RandomProcesses(random, 6, 240_000).blocks(round % 2 == 1);
      int restart = random.nextInt(blocks.size());
      RecordingProcessSink sink = new RecordingProcessSink();
      ProcessCorrelator original = new ProcessCorrelator(settings, sink);
      Kept kept = new Kept();
      for (Object block : blocks.subList(0, restart)) {
        kept.add(block, accept(original, block), original.replayFromMillis());
      }
      RecordingProcessSink again = new RecordingProcessSink();
      ProcessCorrelator restored = new ProcessCorrelator(settings, again);
      Set<Episode> told = new LinkedHashSet<>(sink.kept);
      told.forEach(restored::restore);
      kept.replay(restored);
      sink.clear();
      again.clear();
      for (Object block : blocks.subList(restart, blocks.size())) {
        accept(original, block);
        accept(restored, block);
      }
      told.addAll(again.opened);
      again.forgotten.retainAll(told);
      assertThat(again.forgotten).hasSameElementsAs(sink.forgotten);
      for (int i = 0; i < sink.everything().size(); i++) {
        assertThat(again.everything().get(i))
            .as("seed %d, restart at %d of %d", seed, restart, blocks.size())
            .isEqualTo(sink.everything().get(i));
      }
    }
  }

  /** What whoever runs a correlator keeps of its input. */
  private static final class Kept {
    private record Entry(Object block, long millis) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Watermark before =
        new Watermark(List.of("otlp_spans", "otlp_logs", "otlp_metrics", "pkgslo.spans"));

    void add(Object block, long millis, long replayFromMillis) {
      entries.add(new Entry(block, millis));
      while (!entries.isEmpty() && entries.element().millis() < replayFromMillis) {
        if (entries.remove().block() instanceof ProcessBlock facts) {
          before.accept(facts.getProgressList());
        }
      }
    }

    void replay(ProcessCorrelator correlator) {
      correlator.accept(ProcessBlock.newBuilder().addAllProgress(before.entries()).build());
      new ArrayList<>(entries).forEach(entry -> accept(correlator, entry.block()));
    }
  }
}
