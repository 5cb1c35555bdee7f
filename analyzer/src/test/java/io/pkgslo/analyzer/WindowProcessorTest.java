// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.streams.CommitListeners;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed is told: at once when it is little, and soon when it is much. */
class WindowProcessorTest {
  private static final long NOON = 1_795_176_000_000L;

  private final CommitListeners commits = new CommitListeners();
  private final CommittedSubjects committed = new CommittedSubjects();
  private final KeyValueStore<Bytes, byte[]> store = TestTask.store(AnalyzerTopology.WINDOW_STORE);

  @TempDir private Path directory;
  private MockProcessorContext<Route, byte[]> context;
  private WindowProcessor processor;

  @BeforeEach
  void start() {
    processor =
        new WindowProcessor(
            TestTask.shared(directory, Topics.OBSERVATIONS, commits, committed),
            new ThrottledDrops(
                new StageMeters(Clock.systemUTC(), List.of()), Clock.systemUTC(), warning -> {}));
    context = TestTask.context(directory, Topics.OBSERVATIONS, store, NOON);
    processor.init(context);
  }

  /** One call of each of so many packages. */
  private void calls(int packages) {
    Observations block = Observations.block();
    for (int i = 0; i < packages; i++) {
      block.calls("pkg-" + i, NOON, 1, 0);
    }
    processor.process(new Record<>(null, block.build().toByteArray(), NOON));
  }

  private double shownCalls() {
    return new SubjectCollector(committed, TestObjectives::defaults)
        .collect().stream()
            .flatMap(family -> family.samples.stream())
            .filter(sample -> sample.name.equals("go_package_calls_total"))
            .mapToDouble(sample -> sample.value)
            .sum();
  }

  private long announcements() {
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(context.currentSystemTimeMs());
    long told = context.forwarded(AnalyzerTopology.SUBJECTS_SINK).size();
    context.resetForwards();
    return told;
  }

  @Test
  void few_areShownWithEachCommit() {
    calls(4);
    commits.committed();
    calls(4);
    commits.committed();

    assertThat(shownCalls()).isEqualTo(8);
  }

  @Test
  void whatIsNotCommitted_isNotShown() {
    calls(4);

    assertThat(shownCalls()).isZero();
  }

  /** 1,000 subjects cost 200 ms. */
  @Test
  void many_areShownLater_andThenWhole() {
    calls(1_000);
    commits.committed();
    calls(1_000);
    context.setCurrentSystemTimeMs(NOON + 199);
    commits.committed();
    assertThat(shownCalls()).isEqualTo(1_000);

    context.setCurrentSystemTimeMs(NOON + 200);
    commits.committed();

    assertThat(shownCalls()).isEqualTo(2_000);
  }

  /** And 400 ms here. */
  @Test
  void many_areAnnouncedLater_andThenOnceForAllChanges() {
    calls(1_000);
    assertThat(announcements()).isEqualTo(1_000);
    calls(1_000);
    calls(1_000);
    context.setCurrentSystemTimeMs(NOON + 399);
    assertThat(announcements()).isZero();

    context.setCurrentSystemTimeMs(NOON + 400);

    assertThat(announcements()).isEqualTo(1_000);
  }
}
