// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.objective.MetricBuckets;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rollout.RolloutPolicy;
import io.pkgslo.platform.KafkaSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service alerts runs with.
 *
 * @param partitions of our topics, at least 1
 * @param applicationId consumer group and prefix of internal topics; equal for all instances
 * @param commitInterval at most this long until a verdict is visible to others
 * @param cdEventsTopic where deployment tools write CDEvents; null for nowhere
 * @param buckets of objectives that name none
 */
public record AlertsSettings(
    KafkaSettings kafka,
    int partitions,
    String applicationId,
    Duration commitInterval,
    List<Slo> objectives,
    RolloutPolicy rollouts,
    @Nullable String cdEventsTopic,
    MetricBuckets buckets) {
  public AlertsSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("pkgslo.partitions must be at least 1, was " + partitions);
    }
    objectives = List.copyOf(objectives);
  }

  /** Settings without CDEvents on Kafka and without histograms of metrics. */
  public AlertsSettings(
      KafkaSettings kafka,
      int partitions,
      String applicationId,
      Duration commitInterval,
      List<Slo> objectives,
      Policy policy) {
    this(
        kafka,
        partitions,
        applicationId,
        commitInterval,
        objectives,
        RolloutPolicy.of(policy),
        null,
        MetricBuckets.NONE);
  }
}
