// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.pkgslo.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All topics of pkgslo with their partitions and retention. Every service asks for the same plan,
 * so it does not matter which one starts first.
 */
public final class TopicPlan {
  private static final Duration BETWEEN_STAGES = Duration.ofDays(1);
  private static final Duration CLOSED_BUCKETS = Duration.ofDays(7);

  /** As long as Kafka keeps records by default, OTLP of before a change of objectives may come. */
  private static final Duration BACKLOG = Duration.ofDays(7);

  private static final Duration DEAD_LETTERS = Duration.ofDays(14);

  private TopicPlan() {}

  /**
   * The plan for {@code partitions} partitions per topic of ours. The OTLP topics are the user's:
   * they are created with as many only when missing, and any number of partitions is welcome.
   */
  public static List<TopicSpec> of(int partitions) {
    List<TopicSpec> plan = new ArrayList<>();
    for (String topic : Topics.otlp()) {
      plan.add(TopicSpec.suggested(topic, partitions));
      plan.add(deadLetters(topic));
    }
    for (String topic :
        List.of(Topics.SPANS, Topics.LOGS, Topics.PROCESS, Topics.PANICS, Topics.OBSERVATIONS)) {
      plan.add(TopicSpec.retained(topic, partitions, BETWEEN_STAGES).withLargeRecords());
      plan.add(deadLetters(topic));
    }
    for (String topic : List.of(Topics.SLIS, Topics.LOOKS)) {
      plan.add(TopicSpec.retained(topic, partitions, CLOSED_BUCKETS).withLargeRecords());
      plan.add(deadLetters(topic));
    }
    plan.add(TopicSpec.compacted(Topics.SUBJECTS, partitions));
    plan.add(TopicSpec.compacted(Topics.VERDICTS, partitions).withLargeRecords());
    plan.add(TopicSpec.compacted(Topics.TOLD, partitions));
    plan.add(TopicSpec.kept(Topics.DECISIONS, partitions).withLargeRecords());
    plan.add(TopicSpec.retained(Topics.UNDELIVERED, 0, DEAD_LETTERS));
    plan.add(TopicSpec.kept(Topics.OVERRIDES, partitions));
    plan.add(deadLetters(Topics.OVERRIDES));
    plan.add(TopicSpec.compacted(Topics.OBJECTIVES, 1).withHistory(BACKLOG));
    plan.add(TopicSpec.compacted(Topics.OBJECTIVE_FILES, 1).withLargeRecords());
    return List.copyOf(plan);
  }

  private static TopicSpec deadLetters(String topic) {
    return TopicSpec.retained(Topics.deadLetterOf(topic), 0, DEAD_LETTERS).withLargeRecords();
  }
}
