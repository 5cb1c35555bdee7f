// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.Progress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTrackerTest {
  private final ProgressTracker tracker = new ProgressTracker(Set.of("a", "b"));

  private static Progress progress(String topic, int partition, int partitions, long millis) {
    return Progress.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setPartitions(partitions)
        .setThroughMillis(millis)
        .build();
  }

  @Test
  void watermark_isUnknown_untilEveryPartitionOfEveryTopicWasHeard() {
    tracker.observe(progress("a", 0, 1, 500));
    assertThat(tracker.watermarkMillis()).isEqualTo(ProgressTracker.UNKNOWN);
    tracker.observe(progress("b", 1, 2, 300));
    assertThat(tracker.watermarkMillis()).isEqualTo(ProgressTracker.UNKNOWN);
    tracker.observe(progress("b", 0, 2, 400));
    assertThat(tracker.watermarkMillis()).isEqualTo(300);
  }

  @Test
  void watermark_waitsForTheSlowest_andNeverGoesBack() {
    tracker.observe(progress("a", 0, 1, 500));
    tracker.observe(progress("b", 0, 1, 100));
    tracker.observe(progress("a", 0, 1, 9_000));
    assertThat(tracker.watermarkMillis()).isEqualTo(100);
    tracker.observe(progress("b", 0, 1, 50));
    assertThat(tracker.watermarkMillis()).isEqualTo(100);
  }

  @Test
  void topicThatDoesNotExist_isSatisfied() {
    tracker.observe(progress("a", 0, 0, 700));
    tracker.observe(progress("b", 0, 1, 900));
    assertThat(tracker.watermarkMillis()).isEqualTo(900);
  }

  @Test
  void strangers_areIgnored() {
    tracker.observe(progress("c", 0, 1, 1));
    assertThat(tracker.heard()).isEmpty();
  }

  @Test
  void whatWasHeard_tellsAnotherTrackerTheSame() {
    tracker.observe(progress("a", 0, 1, 500));
    tracker.observe(progress("b", 0, 1, 100));
    ProgressTracker other = new ProgressTracker(Set.of("a", "b"));
    tracker.heard().forEach(other::observe);
    assertThat(other.watermarkMillis()).isEqualTo(100);
  }
}
