// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.Progress;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTrackerTest {
  private static final TopicPartition ZERO = new TopicPartition("otlp_spans", 0);
  private static final TopicPartition ONE = new TopicPartition("otlp_spans", 1);
  private static final Map<String, Integer> COUNTS = Map.of("otlp_spans", 2);

  private final ProgressTracker tracker = new ProgressTracker();

  private List<Progress> report() {
    return tracker.report(COUNTS, 1_000).entries();
  }

  private static Progress entry(int partition, long through) {
    return Progress.newBuilder()
        .setTopic("otlp_spans")
        .setPartition(partition)
        .setPartitions(2)
        .setThroughMillis(through)
        .build();
  }

  @Test
  void progress_isTheHighestTimeConsumed_perPartition() {
    tracker.assigned(List.of(ZERO, ONE));
    tracker.consumed(ZERO, 500);
    tracker.consumed(ZERO, 400);
    assertThat(report()).containsExactly(entry(0, 500));
    tracker.consumed(ONE, 300);
    assertThat(report()).containsExactlyInAnyOrder(entry(0, 500), entry(1, 300));
  }

  @Test
  void progress_isReportedOnce_andNeverGoesBack() {
    tracker.assigned(List.of(ZERO));
    tracker.caughtUp(ZERO, 500);
    tracker.committed();
    assertThat(report()).isEmpty();
    tracker.consumed(ZERO, 450);
    assertThat(report()).isEmpty();
    tracker.caughtUp(ZERO, 501);
    assertThat(report()).containsExactly(entry(0, 501));
  }

  /** What an aborted transaction consumed will be consumed again: nothing was worked off. */
  @Test
  void abort_takesItsProgressBack() {
    tracker.assigned(List.of(ZERO));
    tracker.consumed(ZERO, 500);
    tracker.committed();
    tracker.consumed(ZERO, 900);
    tracker.aborted();
    assertThat(report()).isEmpty();
    tracker.consumed(ZERO, 600);
    assertThat(report()).containsExactly(entry(0, 600));
  }

  @Test
  void partitionThatWasTakenAway_isNotReported() {
    tracker.assigned(List.of(ZERO, ONE));
    tracker.consumed(ZERO, 500);
    tracker.unassigned(List.of(ZERO));
    assertThat(report()).isEmpty();
    tracker.consumed(ZERO, 600);
    assertThat(report()).isEmpty();
  }

  @Test
  void missingTopic_isReportedWithoutPartitions() {
    assertThat(tracker.report(Map.of("otlp_logs", 0), 1_000).entries())
        .containsExactly(
            Progress.newBuilder().setTopic("otlp_logs").setThroughMillis(1_000).build());
  }

  @Test
  void lag_isThatOfTheSlowestPartition() {
    assertThat(tracker.lowestCommittedMillis()).isEmpty();
    tracker.assigned(List.of(ZERO, ONE));
    tracker.consumed(ZERO, 500);
    tracker.consumed(ONE, 300);
    tracker.committed();
    assertThat(tracker.lowestCommittedMillis()).hasValue(300);
  }
}
